package org.trabecula.localstack.bulk;

import java.time.Duration;
import java.util.Locale;

/// How far an import is, in one line.
///
/// @param files all that the folder has
/// @param bytes all that they have
/// @param doneBefore bytes that were done when this run began
record Meter(int files, long bytes, long doneBefore, long began) {
  private static final int WIDTH = 20;

  String line(int filesDone, int rejected, long bytesDone, long now) {
    double share = bytes == 0 ? 1 : Math.min(1, (double) bytesDone / bytes);
    int filled = (int) (share * WIDTH);
    double seconds = Math.max(1e-3, (now - began) / 1e9);
    double perSecond = (bytesDone - doneBefore) / seconds;
    return String.format(
        Locale.ROOT,
        "import [%s%s] %d/%d files, %d rejected, %.0f of %.0f MB, %.1f MB/s%s",
        "#".repeat(filled),
        ".".repeat(WIDTH - filled),
        filesDone,
        files,
        rejected,
        bytesDone / 1e6,
        bytes / 1e6,
        perSecond / 1e6,
        left(bytes - bytesDone, perSecond));
  }

  private static String left(long bytesLeft, double perSecond) {
    if (bytesLeft <= 0 || perSecond <= 0) {
      return "";
    }
    var left = Duration.ofSeconds((long) Math.ceil(bytesLeft / perSecond));
    return left.toHours() > 0
        ? ", about %d h %d min left".formatted(left.toHours(), left.toMinutesPart())
        : left.toMinutes() > 0
            ? ", about %d min left".formatted(left.toMinutes() + 1)
            : ", about %d s left".formatted(left.toSeconds());
  }
}
