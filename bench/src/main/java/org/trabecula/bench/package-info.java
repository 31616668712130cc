/// Measurements of speed, each a verb of `./trabecula bench`.
@NullMarked
package org.trabecula.bench;

import org.jspecify.annotations.NullMarked;
