/// The door to the agents that ship.
@NullMarked
package org.trabecula.protocol.agent;

import org.jspecify.annotations.NullMarked;
