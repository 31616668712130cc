package org.trabecula.protocol.regimen;

import java.time.LocalDate;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.agent.Agents;
import org.trabecula.contracts.ProfileRecorded.Sex;

/// What an order is read against.
///
/// @param indications codes that the regulators' table knows
/// @param indication of the steps that state none; null when the order states none either
/// @param birth first day of the month of birth; unknown when null
/// @param today the latest date that it is anywhere
record OrderSetting(
    Agents agents,
    Set<String> indications,
    @Nullable String indication,
    Sex sex,
    @Nullable LocalDate birth,
    LocalDate today) {}
