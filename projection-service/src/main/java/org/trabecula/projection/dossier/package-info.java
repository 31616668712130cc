/// What this service knows of each patient, kept from events.
@NullMarked
package org.trabecula.projection.dossier;

import org.jspecify.annotations.NullMarked;
