/// How a clinic is set up: where and when it is, what its laboratories and scanners are like.
@NullMarked
package org.trabecula.patient.clinic;

import org.jspecify.annotations.NullMarked;
