package org.trabecula.engine.model;

import java.util.Map;
import org.trabecula.engine.model.Physiology.HormoneShift;

/// The scenarios behind `vectors.csv`: constant treatment from month 0.
final class PrototypeScenarios {

  static final double NEVER = Double.POSITIVE_INFINITY;
  private static final double CYPIONATE_RATE = Math.log(2) / 8;
  private static final double CYPIONATE_TESTOSTERONE = 0.699;

  /// @param stopMonth end of treatment
  record Scenario(Physiology body, Dose dose, double stopMonth) {

    BoneModel model(Parameters parameters) {
      return new BoneModel(parameters, body, exposure());
    }

    Exposure exposure() {
      double stop = stopMonth * Physiology.YEAR / 12;
      return new Exposure() {
        @Override
        public Treatment at(double day) {
          return day < 0 ? Treatment.NONE : dose.at(day < stop, day);
        }

        @Override
        public double[] switches() {
          return new double[] {0, stop};
        }
      };
    }
  }

  /// @param cypionatePerWeek mg
  record Dose(
      double cypionatePerWeek,
      double estradiol,
      boolean oral,
      double anastrozole,
      double gh,
      double prednisone) {

    static final Dose NONE = new Dose(0, 0, false, 0, 0, 0);

    Treatment at(boolean on, double day) {
      if (!on) {
        return Treatment.NONE;
      }
      double released =
          cypionatePerWeek / 7 * CYPIONATE_TESTOSTERONE * (1 - Math.exp(-CYPIONATE_RATE * day));
      return new Treatment(
          released, estradiol, oral, anastrozole, 0, 0, 0, 0, 0, gh, prednisone, false);
    }
  }

  private PrototypeScenarios() {}

  /// The parameters behind the vectors, which the calibration has moved on from.
  static Parameters parameters() {
    Parameters parameters = Parameters.shipped();
    for (Map<String, String> row :
        CsvResource.rows("/org/trabecula/engine/model/prototype-parameters.csv")) {
      double value = Double.parseDouble(CsvResource.field(row, "value"));
      parameters = parameters.with(CsvResource.field(row, "name"), value);
    }
    return parameters;
  }

  static Map<String, Scenario> all() {
    return Map.of(
        "F_nat", lasting(woman(51, 51), Dose.NONE),
        "F_mht", lasting(woman(55, 51), new Dose(0, 37.5, false, 0, 0, 0)),
        "F_stop", new Scenario(woman(56, 51), new Dose(0, 37.5, false, 0, 0, 0), 36),
        "M_trt", lasting(primaryHypogonadism(), new Dose(70, 0, false, 0, 0, 0)),
        "M_ana", lasting(man(70, 60, 0.55, 0.60, NEVER, 1), new Dose(0, 0, false, 1, 0, 0)),
        "M_gh", lasting(man(48, NEVER, 1, 1, 38, 0.45), new Dose(0, 0, false, 0, 0.65, 0)),
        "F_gc", lasting(woman(44, 51), new Dose(0, 0, false, 0, 0, 7.5)),
        "M_trtana", lasting(primaryHypogonadism(), new Dose(70, 0, false, 1, 0, 0)),
        "F_po1", lasting(woman(56, 51), new Dose(0, 40, true, 0, 0, 0)));
  }

  static Scenario lasting(Physiology body, Dose dose) {
    return new Scenario(body, dose, 1e6);
  }

  static Physiology woman(double age, double fmp) {
    return body(false, age, fmp, NEVER, 1, 1, NEVER, 1);
  }

  static Physiology man(
      double age, double hypogonadism, double kapL, double kapH, double ghd, double kapGH) {
    return body(true, age, NEVER, hypogonadism, kapL, kapH, ghd, kapGH);
  }

  static Physiology healthyMan(double age) {
    return man(age, NEVER, 1, 1, NEVER, 1);
  }

  static Physiology primaryHypogonadism() {
    return man(58, 48, 0.065, 1, NEVER, 1);
  }

  private static Physiology body(
      boolean male,
      double age,
      double fmp,
      double hypogonadism,
      double kapL,
      double kapH,
      double ghd,
      double kapGH) {
    return new Physiology(
        male,
        age,
        fmp,
        -0.5,
        0.5,
        hypogonadism,
        kapL,
        kapH,
        ghd,
        kapGH,
        1,
        NEVER,
        1,
        false,
        30,
        27,
        1,
        HormoneShift.NONE);
  }
}
