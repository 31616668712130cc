package org.trabecula.clinicalrules.safety;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.ShippedData;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.ClinicalFact;
import org.trabecula.contracts.ClinicalFact.Kind;

/// What a rule may ask of a patient: the catalogues of clinical facts and of analytes.
final class Vocabulary {
  private final Map<String, ClinicalFact> facts;
  private final Map<String, Analyte> analytes;

  private Vocabulary(ClinicalFact[] facts, Analyte[] analytes) {
    this.facts = Stream.of(facts).collect(toMap(ClinicalFact::code, identity()));
    this.analytes = Stream.of(analytes).collect(toMap(Analyte::code, identity()));
  }

  static Vocabulary shipped() {
    return new Vocabulary(
        read(ClinicalFact.RESOURCE, ClinicalFact[].class), read(Analyte.RESOURCE, Analyte[].class));
  }

  private static <T> T read(String resource, Class<T> type) {
    try (InputStream in = ClinicalFact.class.getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException(resource + " is missing");
      }
      return ShippedData.read(resource, in.readAllBytes(), type);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  boolean isEvent(String code) {
    ClinicalFact fact = facts.get(code);
    return fact != null && fact.kind() == Kind.EVENT;
  }

  boolean isCondition(String code) {
    ClinicalFact fact = facts.get(code);
    return fact != null && (fact.kind() == Kind.CONDITION || fact.kind() == Kind.EVENT);
  }

  /// Whether a fact is a quantity in this unit.
  boolean isQuantity(String code, String unit) {
    ClinicalFact fact = facts.get(code);
    return fact != null && fact.kind() == Kind.QUANTITY && unit.equals(fact.unit());
  }

  boolean isCoded(String code, String value) {
    ClinicalFact fact = facts.get(code);
    return fact != null && fact.kind() == Kind.CODED && fact.values().contains(value);
  }

  /// Whether an analyte's canonical unit is this one.
  boolean isAnalyte(String code, String unit) {
    Analyte analyte = analytes.get(code);
    return analyte != null && analyte.unit().equals(unit);
  }

  boolean isAnalyte(String code) {
    return analytes.containsKey(code);
  }

  /// Days that an answer counts; null when it does not age.
  @Nullable Integer staleness(String code) {
    ClinicalFact fact = facts.get(code);
    return fact == null || fact.staleness() == null ? null : fact.staleness().days();
  }

  /// What is present whenever this is.
  Set<String> implied(String code) {
    ClinicalFact fact = facts.get(code);
    return fact == null ? Set.of() : new TreeSet<>(fact.implies());
  }

  String display(String code) {
    ClinicalFact fact = facts.get(code);
    if (fact != null) {
      return fact.display();
    }
    Analyte analyte = analytes.get(code);
    return analyte == null ? code.replace('-', ' ') : analyte.display();
  }
}
