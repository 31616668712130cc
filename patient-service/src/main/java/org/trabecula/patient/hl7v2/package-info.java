/// The HL7 v2 door: laboratory results as ORU^R01 over HTTP. It translates; what happens is decided
/// by the commands behind it.
@NullMarked
package org.trabecula.patient.hl7v2;

import org.jspecify.annotations.NullMarked;
