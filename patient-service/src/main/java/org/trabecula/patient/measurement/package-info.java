/// Laboratory results and scans, in the canonical unit and as they were sent.
@NullMarked
package org.trabecula.patient.measurement;

import org.jspecify.annotations.NullMarked;
