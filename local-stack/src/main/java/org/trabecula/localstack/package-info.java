/// Everything the services need around them on one machine: PostgreSQL, Kafka, a token issuer, and
/// the process that starts and stops them all.
@NullMarked
package org.trabecula.localstack;

import org.jspecify.annotations.NullMarked;
