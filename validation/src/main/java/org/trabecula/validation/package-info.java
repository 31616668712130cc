/// The model against published trials: what a file of trials says, what the model says of it, the
/// calibration and the report.
@NullMarked
package org.trabecula.validation;

import org.jspecify.annotations.NullMarked;
