package org.trabecula.patient.measurement;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.trabecula.contracts.ClinicConfigured.LeastSignificantChange;
import org.trabecula.contracts.ClinicConfigured.Scanner;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.Medication;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.Quantity;

/// A patient as a test needs one; of whom nothing is known until it is said.
final class Someone {
  private Sex sex = Sex.UNKNOWN;
  private Menopause menopause = new Menopause(MenopausalStatus.UNKNOWN, null);
  private YearMonth birth;
  private final List<Medication> medications = new ArrayList<>();
  private boolean complete;
  private final List<Fact> facts = new ArrayList<>();
  private ZoneId zone = ZoneOffset.UTC;
  private LeastSignificantChanges changes = LeastSignificantChanges.DEFAULTS;

  static Someone unknown() {
    return new Someone();
  }

  static Someone man(String birth) {
    var someone = new Someone();
    someone.sex = Sex.MALE;
    someone.birth = YearMonth.parse(birth);
    return someone;
  }

  static Someone woman(String birth, MenopausalStatus status) {
    var someone = new Someone();
    someone.sex = Sex.FEMALE;
    someone.birth = YearMonth.parse(birth);
    someone.menopause = new Menopause(status, null);
    return someone;
  }

  Someone finalPeriod(String month) {
    menopause = new Menopause(menopause.status(), YearMonth.parse(month));
    return this;
  }

  Someone taking(String... agents) {
    complete = true;
    for (String agent : agents) {
      medications.add(new Medication(agent, null, LocalDate.of(2020, 1, 1), null));
    }
    return this;
  }

  Someone fact(String code, Presence presence, String since) {
    facts.add(new Fact(code, presence, null, null, since, null, LocalDate.of(2026, 1, 1)));
    return this;
  }

  Someone quantity(String code, String value, String unit) {
    facts.add(
        new Fact(
            code,
            null,
            new Quantity(new BigDecimal(value), unit),
            null,
            null,
            null,
            LocalDate.of(2026, 1, 1)));
    return this;
  }

  Someone in(String name) {
    zone = ZoneId.of(name);
    return this;
  }

  Someone scanner(String id, String site, double precision) {
    changes =
        new LeastSignificantChanges(changes.clinics(), List.of(new Scanner(id, site, precision)));
    return this;
  }

  Someone leastSignificantChange(String analyte, double percent) {
    changes =
        new LeastSignificantChanges(
            List.of(new LeastSignificantChange(analyte, percent)), changes.scanners());
    return this;
  }

  Circumstances build() {
    return new Circumstances(sex, menopause, birth, medications, complete, facts, zone, changes);
  }
}
