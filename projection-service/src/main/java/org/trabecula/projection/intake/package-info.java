/// Events in: each changes the patient's dossier once, whatever the order in which they arrive.
@NullMarked
package org.trabecula.projection.intake;

import org.jspecify.annotations.NullMarked;
