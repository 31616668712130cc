/// The FHIR R4 door. It translates; what happens is decided by the commands behind it.
@NullMarked
package org.trabecula.patient.fhir;

import org.jspecify.annotations.NullMarked;
