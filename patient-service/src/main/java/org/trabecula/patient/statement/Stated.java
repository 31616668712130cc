package org.trabecula.patient.statement;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/// What a source says about a patient.
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
  @JsonSubTypes.Type(value = StatedFact.class, name = "FACT"),
  @JsonSubTypes.Type(value = StatedMedication.class, name = "MEDICATION")
})
public sealed interface Stated permits StatedFact, StatedMedication {}
