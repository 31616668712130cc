package org.trabecula.protocol.fhir;

import org.hl7.fhir.r4.model.Reference;

/// References between resources of ours.
final class References {
  private References() {}

  static Reference to(String type, String id) {
    return new Reference(type + "/" + id);
  }

  /// @param value `type/id` or `id`
  static boolean leadsTo(Reference reference, String type, String value) {
    String wanted = value.startsWith(type + "/") ? value : type + "/" + value;
    return wanted.equals(reference.getReference());
  }
}
