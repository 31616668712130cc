/// Erasing a patient at their wish.
@NullMarked
package org.trabecula.patient.erasure;

import org.jspecify.annotations.NullMarked;
