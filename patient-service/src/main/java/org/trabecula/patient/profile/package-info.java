/// Who a patient is, and what is known that a forecast needs. Every fact may be unknown.
@NullMarked
package org.trabecula.patient.profile;

import org.jspecify.annotations.NullMarked;
