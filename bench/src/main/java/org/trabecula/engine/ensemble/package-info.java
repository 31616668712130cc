/// Looks into the ensemble's arithmetic.
@NullMarked
package org.trabecula.engine.ensemble;

import org.jspecify.annotations.NullMarked;
