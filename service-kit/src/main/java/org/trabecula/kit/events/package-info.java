/// Events out and in: the outbox that no committed change can miss, and the inbox that lets none
/// count twice.
@NullMarked
package org.trabecula.kit.events;

import org.jspecify.annotations.NullMarked;
