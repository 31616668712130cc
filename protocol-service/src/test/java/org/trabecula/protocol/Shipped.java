package org.trabecula.protocol;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.time.Instant;
import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.contracts.ProfileRecorded;
import org.trabecula.contracts.ProfileRecorded.Fact;
import org.trabecula.contracts.ProfileRecorded.GrowthHormoneDeficiency;
import org.trabecula.contracts.ProfileRecorded.Hypogonadism;
import org.trabecula.contracts.ProfileRecorded.HypogonadismKind;
import org.trabecula.contracts.ProfileRecorded.MenopausalStatus;
import org.trabecula.contracts.ProfileRecorded.Menopause;
import org.trabecula.contracts.ProfileRecorded.Presence;
import org.trabecula.contracts.ProfileRecorded.Sex;
import org.trabecula.contracts.ProfileRecorded.Smoking;
import org.trabecula.contracts.Region;
import org.trabecula.protocol.template.Protocols;

/// The data as it ships, read without a container, and profiles to use it on.
public final class Shipped {
  private static final DataFiles FILES = new DataFiles(JsonMapper.builder().build());
  public static final Agents AGENTS = Agents.shipped();
  public static final Protocols PROTOCOLS = new Protocols(FILES);

  private Shipped() {}

  public static ProfileRecorded woman(UUID id, @Nullable Region region) {
    return profile(id, 1, region, Sex.FEMALE, false);
  }

  public static ProfileRecorded man(UUID id, @Nullable Region region) {
    return profile(id, 1, region, Sex.MALE, false);
  }

  /// Born in April 1966; a woman is postmenopausal and has a uterus.
  public static ProfileRecorded profile(
      UUID id, int version, @Nullable Region region, Sex sex, boolean deceased) {
    boolean female = sex == Sex.FEMALE;
    return new ProfileRecorded(
        id,
        version,
        region,
        sex,
        YearMonth.of(1966, 4),
        null,
        deceased,
        new Menopause(
            female ? MenopausalStatus.POSTMENOPAUSAL : MenopausalStatus.NOT_APPLICABLE, null),
        female ? Presence.PRESENT : Presence.ABSENT,
        new Hypogonadism(HypogonadismKind.UNKNOWN, null),
        new GrowthHormoneDeficiency(Presence.UNKNOWN, null),
        null,
        null,
        Smoking.UNKNOWN,
        List.of(),
        null,
        Instant.EPOCH,
        Instant.EPOCH);
  }

  /// The same person with these facts, as the next version of the profile.
  public static ProfileRecorded next(ProfileRecorded former, Presence uterus, Fact... facts) {
    return new ProfileRecorded(
        former.patientId(),
        former.version() + 1,
        former.region(),
        former.sexForClinicalUse(),
        former.birth(),
        former.birthYear(),
        former.deceased(),
        former.menopause(),
        uterus,
        former.hypogonadism(),
        former.growthHormoneDeficiency(),
        former.heightCm(),
        former.weightKg(),
        former.smoking(),
        former.medications(),
        List.of(facts),
        former.registeredAt(),
        former.recordedAt());
  }
}
