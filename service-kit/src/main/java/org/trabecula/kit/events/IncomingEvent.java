package org.trabecula.kit.events;

import org.jspecify.annotations.Nullable;
import org.trabecula.contracts.Event;
import org.trabecula.contracts.EventType;

/// An event that came in.
///
/// @param clinic null for what belongs to no clinic
/// @param key the record's key
/// @param body null for a tombstone: whatever the key stands for is erased
public record IncomingEvent(
    EventType type, @Nullable String clinic, String key, @Nullable Event body) {}
