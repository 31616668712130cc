/// Which clinic is at work. It comes from the caller's token or from an event's envelope, never
/// from a body.
@NullMarked
package org.trabecula.kit.clinic;

import org.jspecify.annotations.NullMarked;
