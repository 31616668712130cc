/// What regulators say, what rules find and which doses are plausible: data and pure functions.
@NullMarked
package org.trabecula.clinicalrules;

import org.jspecify.annotations.NullMarked;
