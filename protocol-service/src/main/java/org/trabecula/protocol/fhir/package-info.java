/// What is ordered, proposed and found, as FHIR R4 resources that can be read and searched for.
@NullMarked
package org.trabecula.protocol.fhir;

import org.jspecify.annotations.NullMarked;
