package org.trabecula.patient.fhir;

import java.util.List;
import org.hl7.fhir.r4.model.Bundle.BundleEntryComponent;
import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/// A transaction Bundle that was read without fault.
///
/// @param source who sent it, as far as the Bundle says
record TransactionBundle(String source, List<Entry> entries) {

  /// @param position in the Bundle, from 0
  /// @param envelope the entry without its resource
  /// @param resource null for an entry that only asks
  record Entry(int position, BundleEntryComponent envelope, @Nullable Resource resource) {
    String path() {
      return "Bundle.entry[" + position + "]";
    }

    /// What its source calls the resource: the resource's id, else the URL that the Bundle gives.
    @Nullable String key() {
      if (resource != null && resource.getIdElement().hasIdPart()) {
        return resource.getIdElement().getIdPart();
      }
      return envelope.getFullUrl();
    }
  }
}
