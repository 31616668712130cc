/// Protocol service: agents, protocol templates, regimens and regulatory flags.
@NullMarked
package org.trabecula.protocol;

import org.jspecify.annotations.NullMarked;
