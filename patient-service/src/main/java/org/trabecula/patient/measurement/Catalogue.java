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
import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Analyte;
import org.trabecula.contracts.Analyte.Loinc;

/// What can be measured, as the contracts list it.
@Singleton
public class Catalogue {
  /// Our own code system, for what LOINC has no code for.
  public static final String SYSTEM = "urn:trabecula:analyte";

  private final Map<String, Analyte> byCode = new HashMap<>();
  private final Map<String, Analyte> byLoinc = new HashMap<>();
  private final Map<String, Loinc> loinc = new HashMap<>();

  public Catalogue(ObjectMapper json) throws IOException {
    try (InputStream resource = Analyte.class.getResourceAsStream(Analyte.RESOURCE)) {
      for (Analyte analyte : json.readValue(resource, new TypeReference<List<Analyte>>() {})) {
        byCode.put(analyte.code(), analyte);
        for (Loinc code : analyte.loinc()) {
          byLoinc.put(code.code(), analyte);
          loinc.put(code.code(), code);
        }
      }
    }
  }

  public Optional<Analyte> byCode(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  public Optional<Analyte> byLoinc(String code) {
    return Optional.ofNullable(byLoinc.get(code));
  }

  Optional<Loinc> loinc(@Nullable String code) {
    return Optional.ofNullable(loinc.get(code));
  }

  public Collection<Analyte> all() {
    return byCode.values();
  }
}
