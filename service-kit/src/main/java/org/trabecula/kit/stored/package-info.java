/// How records are kept in JSON columns.
@NullMarked
package org.trabecula.kit.stored;

import org.jspecify.annotations.NullMarked;
