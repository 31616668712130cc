package org.trabecula.protocol.template;

import static java.util.Comparator.comparing;
import static java.util.stream.Collectors.groupingBy;

import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.trabecula.protocol.DataFiles;

/// All published protocols, read once from `protocols/`.
@Startup
@ApplicationScoped
public class Protocols {
  private static final Comparator<Protocol> NEWEST_LAST = comparing(Protocol::version);

  private final List<Protocol> published;

  public Protocols(DataFiles files) {
    this.published = files.all("protocols", Protocol.class);
  }

  /// The latest version of each, by code.
  public List<Protocol> latest() {
    return published.stream().collect(groupingBy(Protocol::code)).values().stream()
        .map(versions -> versions.stream().max(NEWEST_LAST).orElseThrow())
        .sorted(comparing(Protocol::code))
        .toList();
  }

  /// Every published version of one, the oldest first; none when there is no such protocol.
  public List<Protocol> versions(String code) {
    return published.stream()
        .filter(protocol -> protocol.code().equals(code))
        .sorted(NEWEST_LAST)
        .toList();
  }

  /// @param version the latest when null
  public Optional<Protocol> find(String code, @Nullable Integer version) {
    return published.stream()
        .filter(protocol -> protocol.code().equals(code))
        .filter(protocol -> version == null || version == protocol.version())
        .max(NEWEST_LAST);
  }
}
