/// What every door does alike: refusals that name the field, re-sends without a second effect, and
/// no demo token abroad.
@NullMarked
package org.trabecula.kit.http;

import org.jspecify.annotations.NullMarked;
