/// The forecast of bone mineral density: one request in, one [Outcome] out.
///
/// A pure function. It reads no clock, no file but its own resources, keeps nothing and logs
/// nothing. The equations are in [org.trabecula.engine.model], numbered as in `docs/model.md`.
@NullMarked
package org.trabecula.engine;

import org.jspecify.annotations.NullMarked;
