package org.trabecula.patient.measurement;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.trabecula.contracts.Analyte;

/// What can be measured, as the contracts list it.
@Singleton
public class Catalogue {
  /// Our own code system, for what LOINC has no code for.
  public static final String SYSTEM = "urn:trabecula:analyte";

  private final Map<String, Analyte> byCode = new HashMap<>();
  private final Map<String, Analyte> byLoinc = new HashMap<>();

  public Catalogue(ObjectMapper json) throws IOException {
    try (InputStream resource = Analyte.class.getResourceAsStream(Analyte.RESOURCE)) {
      for (Analyte analyte : json.readValue(resource, new TypeReference<List<Analyte>>() {})) {
        byCode.put(analyte.code(), analyte);
        analyte.loinc().forEach(loinc -> byLoinc.put(loinc.code(), analyte));
      }
    }
  }

  public Optional<Analyte> byCode(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  public Optional<Analyte> byLoinc(String code) {
    return Optional.ofNullable(byLoinc.get(code));
  }

  public Collection<Analyte> all() {
    return byCode.values();
  }
}
