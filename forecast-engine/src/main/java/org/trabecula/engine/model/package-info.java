/// The mechanistic model: hormones drive cells, cells drive tissue, tissue is read out. Time in
/// days from `asOf`.
///
/// It knows nothing of requests, agents or patients' records.
@NullMarked
package org.trabecula.engine.model;

import org.jspecify.annotations.NullMarked;
