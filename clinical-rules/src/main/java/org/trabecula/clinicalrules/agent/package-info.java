/// What can be prescribed, as data: one file per agent.
@NullMarked
package org.trabecula.clinicalrules.agent;

import org.jspecify.annotations.NullMarked;
