/// What regulators say of an agent: the table as it is written, read strictly into our codes, the
/// questions one may ask of it, and what one table says otherwise than another.
@NullMarked
package org.trabecula.clinicalrules.regulatory;

import org.jspecify.annotations.NullMarked;
