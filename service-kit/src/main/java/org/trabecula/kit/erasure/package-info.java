/// Erasing a patient, and handing out what is held of one: both go by the same list of tables, so
/// that what can be handed out can be erased.
@NullMarked
package org.trabecula.kit.erasure;

import org.jspecify.annotations.NullMarked;
