package org.trabecula.engine;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import org.trabecula.engine.Person.SexForClinicalUse;
import org.trabecula.engine.Series.Basis;
import org.trabecula.engine.model.Parameters;
import org.trabecula.engine.model.ReadOut;

/// Monthly read-outs as the series of a forecast, in their units.
final class Trajectories {

  private static final double PMOL_PER_L_PER_PG_PER_ML = 3.671;
  private static final double NMOL_PER_L_PER_NG_PER_DL = 0.03467;

  private final Map<Quantity, Series> series = new EnumMap<>(Quantity.class);
  private final List<ReadOut> months;

  Trajectories(List<ReadOut> months) {
    this.months = months;
  }

  Map<Quantity, Series> series() {
    return series;
  }

  void bmd(
      Site site,
      PatientLevels.Scale scale,
      SexForClinicalUse sex,
      DxaReferences references,
      boolean tScoreApplies) {
    double now = site.of(months.getFirst());
    put(site.change(), Basis.RELATIVE, null, r -> 100 * (site.of(r) / now - 1));
    put(site.bmd(), scale.basis(), scale.reference(), r -> scale.scale() * site.of(r));
    if (tScoreApplies) {
      DxaReferences.Reference young = references.tScore(site, sex, scale.manufacturer());
      put(
          site.tScore(),
          scale.basis(),
          young.text(),
          r -> young.tScore(scale.scale() * site.of(r)));
    }
  }

  void markers(PatientLevels.Scale ctx, PatientLevels.Scale p1np) {
    put(Quantity.CTX, ctx.basis(), ctx.reference(), r -> ctx.scale() * r.ctx());
    put(Quantity.P1NP, p1np.basis(), p1np.reference(), r -> p1np.scale() * r.p1np());
  }

  /// @param estradiol whether the patient's own results inform it; likewise the others
  void hormones(boolean estradiol, boolean testosterone, boolean igf) {
    put(Quantity.ESTRADIOL, basis(estradiol), null, r -> r.e2() * PMOL_PER_L_PER_PG_PER_ML);
    put(Quantity.TESTOSTERONE, basis(testosterone), null, r -> r.t() * NMOL_PER_L_PER_NG_PER_DL);
    put(Quantity.IGF1_RATIO, basis(igf), null, ReadOut::igf);
  }

  void inferred(Parameters.ReadOut p) {
    index(Quantity.RANKL_OPG_RATIO, r -> r.rankl() / r.opg());
    index(Quantity.BV_TV, ReadOut::bvTv);
    index(Quantity.TB_N, r -> p.tbN0() * r.tbN());
    index(Quantity.TB_TH, r -> p.tbTh0() * r.tbTh());
    index(Quantity.CT_TH, r -> p.ctTh0() * r.ctTh());
    index(Quantity.CT_PO, ReadOut::ctPo);
    index(Quantity.TBS, r -> p.tbs0() * r.tbs());
  }

  private void index(Quantity quantity, ToDoubleFunction<ReadOut> value) {
    put(quantity, Basis.MODEL_INFERRED, null, value);
  }

  private void put(
      Quantity quantity, Basis basis, @Nullable String reference, ToDoubleFunction<ReadOut> value) {
    List<Double> values = months.stream().map(r -> (Double) value.applyAsDouble(r)).toList();
    series.put(quantity, new Series(quantity, basis, values, reference));
  }

  private static Basis basis(boolean observed) {
    return observed ? Basis.OBSERVED : Basis.POPULATION_PRIOR;
  }
}
