package org.trabecula.patient;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.ArrayList;
import java.util.function.Consumer;
import java.util.function.Function;
import org.trabecula.kit.events.Outbox;
import org.trabecula.kit.events.OutgoingEvent;

/// One change: one transaction, and all it tells the world, appended to the outbox at its end.
///
/// A door may call several commands in one change; none of them appends by itself, because the
/// outbox takes the events of a change at once.
@ApplicationScoped
public class Change {
  private final Outbox outbox;

  Change(Outbox outbox) {
    this.outbox = outbox;
  }

  @Transactional
  public <T> T make(Function<Consumer<OutgoingEvent>, T> work) {
    var events = new ArrayList<OutgoingEvent>();
    T result = work.apply(events::add);
    outbox.append(events);
    return result;
  }
}
