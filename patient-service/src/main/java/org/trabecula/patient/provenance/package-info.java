/// Who brought what is stored, and in which message.
@NullMarked
package org.trabecula.patient.provenance;

import org.jspecify.annotations.NullMarked;
