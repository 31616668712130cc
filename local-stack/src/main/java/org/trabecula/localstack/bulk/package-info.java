/// Bulk import: a folder of FHIR Bundles, sent to a running patient-service through its FHIR door.
@NullMarked
package org.trabecula.localstack.bulk;

import org.jspecify.annotations.NullMarked;
