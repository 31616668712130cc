/// The regulators' table: read at start, answered over HTTP, published when it changed.
@NullMarked
package org.trabecula.protocol.regulatory;

import org.jspecify.annotations.NullMarked;
