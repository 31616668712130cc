/// What is stated about patients beside their profile: clinical facts of the catalogue, and what
/// they take. Sources may differ, correct themselves and take back; the profile holds what their
/// statements come to.
@NullMarked
package org.trabecula.patient.statement;

import org.jspecify.annotations.NullMarked;
