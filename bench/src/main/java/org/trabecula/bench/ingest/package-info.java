/// `./trabecula bench ingest`: how fast patient-service takes data in and finds it again, as shares
/// of what PostgreSQL itself does on the same machine at the same time.
@NullMarked
package org.trabecula.bench.ingest;

import org.jspecify.annotations.NullMarked;
