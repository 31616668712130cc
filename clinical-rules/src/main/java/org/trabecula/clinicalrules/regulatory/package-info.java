/// What regulators say of an agent, as a table and the questions one may ask of it. No I/O: whoever
/// uses it reads `regulatory.csv` and `regulatory-aliases.json` and hands them in.
@NullMarked
package org.trabecula.clinicalrules.regulatory;

import org.jspecify.annotations.NullMarked;
