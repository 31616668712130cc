/// What a patient takes: one regimen at a time, with its history and its flags.
@NullMarked
package org.trabecula.protocol.regimen;

import org.jspecify.annotations.NullMarked;
