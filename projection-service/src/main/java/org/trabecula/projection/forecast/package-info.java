/// From a dossier to the patient's current forecast: stored, published, answered.
@NullMarked
package org.trabecula.projection.forecast;

import org.jspecify.annotations.NullMarked;
