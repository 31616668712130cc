/// Safety rules: what is known of a patient and a regimen goes in, findings come out.
///
/// A rule is data (`rules/*.yaml`); its condition is written in CEL. What nobody has stated is
/// unknown, never false: see [Unknown].
@NullMarked
package org.trabecula.clinicalrules.safety;

import org.jspecify.annotations.NullMarked;
