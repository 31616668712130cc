/// Many bodies at once: what differs between them, their trajectories, and what a patient's results
/// leave of them.
@NullMarked
package org.trabecula.engine.ensemble;

import org.jspecify.annotations.NullMarked;
