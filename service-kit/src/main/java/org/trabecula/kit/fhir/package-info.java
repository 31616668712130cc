/// What the FHIR doors of several services say alike: refusals, preferences, queries. HAPI comes
/// with the service that has such a door.
@NullMarked
package org.trabecula.kit.fhir;

import org.jspecify.annotations.NullMarked;
