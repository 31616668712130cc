package org.trabecula.patient;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.fhir.ucum.Decimal;
import org.fhir.ucum.UcumEssenceService;
import org.fhir.ucum.UcumException;

/// Units as UCUM defines them.
///
/// Guards the library against what it does not guard itself against: an exponent as in
/// `10*999999999` keeps it busy for ever, and it does not convert units with an offset of their
/// own, such as `Cel`, which are read as unknown here.
@Singleton
public class Ucum {
  private static final int LONGEST = 40;
  private static final Pattern ANNOTATION = Pattern.compile("\\{[^{}]*}");
  private static final Pattern LARGE_NUMBER = Pattern.compile("\\d{4,}|[^\\d./(][+-]?\\d{3,}");
  private static final MathContext PRECISION = new MathContext(15);
  private static final int MOST_REMEMBERED = 2_000;

  private final UcumEssenceService library;
  private final Map<Pair, BigDecimal> factors = new ConcurrentHashMap<>();

  /// Units between which there is no factor: to find that out takes the library the longest, and a
  /// value that is not plausible asks for it many times.
  private final Set<Pair> incommensurable = ConcurrentHashMap.newKeySet();

  private record Pair(String from, String to) {}

  public Ucum() throws IOException, UcumException {
    try (InputStream essence = UcumEssenceService.class.getResourceAsStream("/ucum-essence.xml")) {
      library = new UcumEssenceService(essence);
    }
  }

  /// A number whose digits or magnitude no laboratory, scanner or prescription has.
  public static boolean isUnwieldy(BigDecimal value) {
    return value.precision() > 40
        || Math.abs((long) value.precision() - value.scale()) > 30
        || Math.abs(value.scale()) > 60;
  }

  public boolean isUnit(String unit) {
    return isReadable(unit) && validate(unit);
  }

  public boolean isCommensurable(String from, String to) {
    return factor(from, to).isPresent();
  }

  /// What a value in `from` is multiplied by to be one in `to`; empty when either is no unit, or
  /// they measure different things.
  public Optional<BigDecimal> factor(String from, String to) {
    var pair = new Pair(from, to);
    BigDecimal known = factors.get(pair);
    if (known != null) {
      return Optional.of(known);
    }
    if (incommensurable.contains(pair) || !isUnit(from)) {
      return Optional.empty();
    }
    Optional<BigDecimal> factor = compute(from, to);
    if (factor.isEmpty() && incommensurable.size() < MOST_REMEMBERED) {
      incommensurable.add(pair);
    } else if (factor.isPresent() && factors.size() < MOST_REMEMBERED) {
      factors.put(pair, factor.get());
    }
    return factor;
  }

  private static boolean isReadable(String unit) {
    return !unit.isEmpty()
        && unit.length() <= LONGEST
        && !LARGE_NUMBER.matcher(ANNOTATION.matcher(unit).replaceAll("")).find();
  }

  private synchronized boolean validate(String unit) {
    return library.validate(unit) == null;
  }

  /// The library says nothing of threads, so one at a time; what it found is remembered.
  private synchronized Optional<BigDecimal> compute(String from, String to) {
    try {
      Decimal one = new Decimal("1.000000000000000000000000");
      BigDecimal factor = new BigDecimal(library.convert(one, from, to).asDecimal());
      return Optional.of(plain(factor.round(PRECISION)));
    } catch (UcumException | RuntimeException e) {
      return Optional.empty();
    }
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }
}
