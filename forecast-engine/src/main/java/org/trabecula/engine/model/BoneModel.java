package org.trabecula.engine.model;

import static org.trabecula.engine.model.State.G;
import static org.trabecula.engine.model.State.I;

/// The right-hand side: a cascade from hormones over cells to tissue, for one body under one
/// exposure.
public final class BoneModel {

  final Parameters parameters;
  final Physiology body;
  final Exposure exposure;
  final HormoneLayer hormones;
  final Signals.Receptors receptors;
  final CellLayer cells;
  final TissueLayer tissue;

  public BoneModel(Parameters parameters, Physiology body, Exposure exposure) {
    this.parameters = parameters;
    this.body = body;
    this.exposure = exposure;
    this.hormones = new HormoneLayer(parameters.endocrine(), body);
    this.receptors = new Signals.Receptors(parameters, body.male());
    this.cells = new CellLayer(parameters, body);
    this.tissue = new TissueLayer(parameters.tissue());
  }

  /// @param dy receives the derivatives, 1/d
  void derivatives(double day, double[] y, double[] dy) {
    Hormones levels = hormones.at(day, y[G], exposure.at(day));
    dy[G] = levels.lhRate() * (levels.lhTarget() - y[G]);
    dy[I] = (levels.igfTarget() - y[I]) / parameters.endocrine().tauI();
    Signals signals = receptors.feel(levels, y[I]);
    cells.derivatives(signals, y, dy);
    tissue.derivatives(body.age(day), signals.lnG(), y, dy);
  }
}
