package org.trabecula.protocol.fhir;

import java.util.List;
import java.util.SequencedMap;
import java.util.UUID;
import java.util.function.BiPredicate;
import org.hl7.fhir.r4.model.Enumerations.SearchParamType;
import org.hl7.fhir.r4.model.Resource;

/// A type of resource that can be read and searched for. Of one patient there are few, so they are
/// looked through one by one.
interface Kept {
  String type();

  /// By name; `patient` and `_id` among them.
  SequencedMap<String, Parameter> parameters();

  List<? extends Resource> ofPatient(UUID patient);

  /// Those whose ids begin with the id of a regimen or a proposal.
  List<? extends Resource> within(UUID id);

  /// @param documentation what it finds, in our own words
  /// @param fits whether a resource has one of the values that were asked for
  record Parameter(SearchParamType type, String documentation, BiPredicate<Resource, String> fits) {

    static Parameter id() {
      return new Parameter(
          SearchParamType.TOKEN,
          "The resource's id.",
          (resource, value) -> value.equals(resource.getIdPart()));
    }
  }
}
