package org.trabecula.patient.statement;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trabecula.contracts.ClinicalFact;

/// What can be stated as a fact, as the contracts list it.
@Singleton
public class FactCatalogue {
  /// Our own code system of facts.
  public static final String SYSTEM = "urn:trabecula:fact";

  private final Map<String, ClinicalFact> byCode = new LinkedHashMap<>();

  public FactCatalogue(ObjectMapper json) throws IOException {
    try (InputStream resource = ClinicalFact.class.getResourceAsStream(ClinicalFact.RESOURCE)) {
      for (ClinicalFact fact :
          json.readValue(resource, new TypeReference<List<ClinicalFact>>() {})) {
        byCode.put(fact.code(), fact);
      }
    }
  }

  public Optional<ClinicalFact> byCode(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /// The facts that a source's codes mean, without those that one of them implies anyway. Mostly
  /// one; a code such as E11.35 means two.
  public List<ClinicalFact> codedAs(Collection<Coding> codings) {
    List<ClinicalFact> meant =
        byCode.values().stream()
            .filter(fact -> codings.stream().anyMatch(coding -> means(coding, fact)))
            .toList();
    return meant.stream()
        .filter(fact -> meant.stream().noneMatch(other -> other.implies().contains(fact.code())))
        .toList();
  }

  private static boolean means(Coding coding, ClinicalFact fact) {
    String system = coding.system();
    String code = coding.code();
    return system != null
        && code != null
        && (system.equals(SYSTEM) ? code.equals(fact.code()) : fact.isCodedAs(system, code));
  }

  public Collection<ClinicalFact> all() {
    return Collections.unmodifiableCollection(byCode.values());
  }
}
