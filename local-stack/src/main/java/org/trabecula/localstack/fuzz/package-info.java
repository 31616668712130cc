/// Broken input, made from right input by small damages that a seed decides, and what must hold
/// when a door gets it.
@NullMarked
package org.trabecula.localstack.fuzz;

import org.jspecify.annotations.NullMarked;
