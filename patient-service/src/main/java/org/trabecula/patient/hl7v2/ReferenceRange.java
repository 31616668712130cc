package org.trabecula.patient.hl7v2;

import java.math.BigDecimal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.trabecula.patient.measurement.SubmittedMeasurement.Interval;

/// The laboratory's reference range as OBX-7 writes it: `177-1015`, `<30`, `>=5`.
final class ReferenceRange {
  private static final String NUMBER = "(-?\\d{1,20}(?:\\.\\d{1,20})?)";
  private static final Pattern BOTH = Pattern.compile(NUMBER + "\\s*-\\s*" + NUMBER);
  private static final Pattern ONE = Pattern.compile("(<=?|>=?)\\s*" + NUMBER);

  private ReferenceRange() {}

  /// Null for any other text, such as one for each sex: a range that is wrong is worse than none.
  static @Nullable Interval of(String text) {
    Matcher both = BOTH.matcher(text);
    if (both.matches()) {
      var low = new BigDecimal(both.group(1));
      var high = new BigDecimal(both.group(2));
      return low.compareTo(high) > 0 ? null : new Interval(low, high);
    }
    Matcher one = ONE.matcher(text);
    if (one.matches()) {
      var bound = new BigDecimal(one.group(2));
      return one.group(1).startsWith("<") ? new Interval(null, bound) : new Interval(bound, null);
    }
    return null;
  }
}
