/// Protocol templates as data: one file per published version.
@NullMarked
package org.trabecula.protocol.template;

import org.jspecify.annotations.NullMarked;
