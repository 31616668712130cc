/// What this service keeps of patients whom another service owns.
@NullMarked
package org.trabecula.protocol.patient;

import org.jspecify.annotations.NullMarked;
