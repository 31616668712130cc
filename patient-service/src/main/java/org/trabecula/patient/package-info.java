/// What a clinic knows of its patients: who they are, what is known of their bodies, and what was
/// measured.
@NullMarked
package org.trabecula.patient;

import org.jspecify.annotations.NullMarked;
