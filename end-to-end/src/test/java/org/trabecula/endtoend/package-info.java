/// The whole story, told by packaged processes on the embedded stack: HTTP in, Kafka out, nothing
/// of ours on the class path but the launcher and the contracts.
@NullMarked
package org.trabecula.endtoend;

import org.jspecify.annotations.NullMarked;
