/// CDS Hooks 2.0: what rules and regulators say of orders while somebody writes them elsewhere.
@NullMarked
package org.trabecula.protocol.cds;

import org.jspecify.annotations.NullMarked;
