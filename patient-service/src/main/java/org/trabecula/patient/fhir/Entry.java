package org.trabecula.patient.fhir;

import org.hl7.fhir.r4.model.Resource;
import org.jspecify.annotations.Nullable;

/// One thing that a client asks for: an entry of a Bundle, or a request by itself.
///
/// @param position in the Bundle, from 0
/// @param path FHIRPath of the entry; empty for a request by itself
/// @param resource null for an entry that only asks
record Entry(
    int position,
    String path,
    @Nullable String fullUrl,
    Request request,
    @Nullable Resource resource) {

  /// FHIRPath of an element of the resource, such as `.status`.
  String at(String element) {
    return path.isEmpty() ? request.type() + element : path + ".resource" + element;
  }

  /// FHIRPath of the whole.
  String place() {
    return path.isEmpty() ? request.type() : path;
  }

  /// FHIRPath of an element of the entry's request. What is asked by itself has headers in its
  /// place.
  String asked(String element) {
    return path.isEmpty() ? "" : path + ".request" + element;
  }

  /// What its source calls the resource: the resource's id, else the URL that the Bundle gives.
  @Nullable String key() {
    if (resource != null && resource.getIdElement().hasIdPart()) {
      return resource.getIdElement().getIdPart();
    }
    return fullUrl;
  }
}
