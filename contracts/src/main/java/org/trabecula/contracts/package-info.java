/// What the services say to each other: one record, one JSON Schema and one example per event.
@NullMarked
package org.trabecula.contracts;

import org.jspecify.annotations.NullMarked;
