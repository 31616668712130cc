/// Doses against their limits. A limit catches typing errors and confused units; it is no target.
@NullMarked
package org.trabecula.clinicalrules.dose;

import org.jspecify.annotations.NullMarked;
