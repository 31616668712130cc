package org.trabecula.patient;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;

/// Some items of a list, and where to go on.
///
/// @param next the `cursor` of what follows; absent on the last page
public record Page<T>(List<T> items, @Nullable String next) {
  private static final int DEFAULT = 50;
  private static final int MOST = 200;

  /// The place of an item in a list that is ordered by time. It stays valid while items come and
  /// go.
  public record Place(Instant at, UUID id) {
    /// Before every item.
    static final Place START = new Place(Instant.EPOCH.minusSeconds(1L << 36), new UUID(0, 0));

    private String cursor() {
      String text = ChronoUnit.MICROS.between(Instant.EPOCH, at) + ":" + id;
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static Place of(String cursor) {
      String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.US_ASCII);
      int colon = text.indexOf(':');
      Instant at = Instant.EPOCH.plus(Long.parseLong(text.substring(0, colon)), ChronoUnit.MICROS);
      if (at.isBefore(START.at())) {
        throw new IllegalArgumentException("No item is as old as that");
      }
      return new Place(at, UUID.fromString(text.substring(colon + 1)));
    }
  }

  /// What a caller asked for: up to `size` items behind `after`.
  public record Ask(Place after, int size) {
    public static Ask of(@Nullable String cursor, @Nullable String limit) {
      return new Ask(after(cursor), size(limit));
    }

    private static Place after(@Nullable String cursor) {
      try {
        return cursor == null ? Place.START : Place.of(cursor);
      } catch (RuntimeException e) {
        throw invalid("cursor", "Is none that this list gave.");
      }
    }

    private static int size(@Nullable String limit) {
      try {
        int size = limit == null ? DEFAULT : Integer.parseInt(limit);
        if (size >= 1 && size <= MOST) {
          return size;
        }
      } catch (NumberFormatException e) {
        // Answered below, as any other limit that will not do.
      }
      throw invalid("limit", "Is a number from 1 to " + MOST + ".");
    }

    private static RuntimeException invalid(String parameter, String message) {
      return Problems.invalid(List.of(new Violation(parameter, "query", message)));
    }
  }

  /// @param found one more item than was asked for, if there is one
  public static <E, T> Page<T> of(
      List<E> found, Ask ask, Function<E, Place> place, Function<E, T> view) {
    boolean more = found.size() > ask.size();
    List<E> shown = more ? found.subList(0, ask.size()) : found;
    return new Page<>(
        shown.stream().map(view).toList(), more ? place.apply(shown.getLast()).cursor() : null);
  }
}
