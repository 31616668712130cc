/// The rules that ship, and their door.
@NullMarked
package org.trabecula.protocol.rule;

import org.jspecify.annotations.NullMarked;
