package org.trabecula.patient.hl7v2;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A time as HL7 writes it, `YYYY[MM[DD[HH[MM[SS[.SSSS]]]]]][+/-ZZZZ]`, read as exactly as it was
/// stated.
///
/// @param iso `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a date-time with its offset
/// @param note what had to be assumed; null when nothing had to be
record Hl7Time(String iso, @Nullable String note) {
  private static final Pattern FORM =
      Pattern.compile(
          "(\\d{4})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:(\\d{2})(?:\\.(\\d{1,4}))?)?)?)?)?)?([+-]\\d{4})?");

  /// @param offset of MSH-7, which holds for all times of the message that have none; null when it
  /// has none either
  /// @param zone of the clinic, for those that are left
  /// @throws DateTimeException saying why it is no time
  static Hl7Time of(String text, @Nullable ZoneOffset offset, ZoneId zone) {
    Matcher parts = FORM.matcher(text);
    if (!parts.matches()) {
      throw new DateTimeException("Is no time of the form YYYYMMDDHHMMSS+ZZZZ.");
    }
    int year = Integer.parseInt(parts.group(1));
    if (parts.group(2) == null) {
      return new Hl7Time(parts.group(1), null);
    }
    try {
      YearMonth month = YearMonth.of(year, number(parts, 2));
      if (parts.group(3) == null) {
        return new Hl7Time(month.toString(), null);
      }
      LocalDate day = month.atDay(number(parts, 3));
      if (parts.group(4) == null) {
        return new Hl7Time(day.toString(), null);
      }
      LocalTime time =
          LocalTime.of(number(parts, 4), number(parts, 5), number(parts, 6), nanos(parts.group(7)));
      ZoneOffset own = parts.group(8) == null ? offset : offset(parts.group(8));
      return own == null ? at(day.atTime(time), zone) : at(day.atTime(time), own, null);
    } catch (DateTimeException e) {
      String reason = e.getMessage();
      throw new DateTimeException(
          reason != null && reason.startsWith("Does not exist")
              ? reason
              : "Is not in the calendar or not on the clock.");
    }
  }

  /// The offset at the end of a time; null when there is none.
  static @Nullable ZoneOffset offsetOf(String text) {
    Matcher parts = FORM.matcher(text);
    return parts.matches() && parts.group(8) != null ? offset(parts.group(8)) : null;
  }

  private static Hl7Time at(LocalDateTime local, ZoneId zone) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (offsets.isEmpty()) {
      throw new DateTimeException(
          "Does not exist in the zone " + zone + ", whose clocks were put forward then.");
    }
    return at(
        local,
        offsets.getFirst(),
        offsets.size() == 1
            ? null
            : "Comes twice in the zone %s, whose clocks were put back then: the first is taken."
                .formatted(zone));
  }

  private static Hl7Time at(LocalDateTime local, ZoneOffset offset, @Nullable String note) {
    return new Hl7Time(local.atOffset(offset).toString(), note);
  }

  private static int number(Matcher parts, int group) {
    return parts.group(group) == null ? 0 : Integer.parseInt(parts.group(group));
  }

  private static int nanos(@Nullable String fraction) {
    return fraction == null ? 0 : Integer.parseInt((fraction + "000000000").substring(0, 9));
  }

  private static ZoneOffset offset(String text) {
    int sign = text.charAt(0) == '-' ? -1 : 1;
    return ZoneOffset.ofHoursMinutes(
        sign * Integer.parseInt(text.substring(1, 3)),
        sign * Integer.parseInt(text.substring(3, 5)));
  }
}
