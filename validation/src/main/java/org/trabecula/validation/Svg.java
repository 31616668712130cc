package org.trabecula.validation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// A picture on white, readable on any background. Coordinates are in pixels from the upper left.
/// It is written as text is: the same drawing gives the same bytes on any machine.
final class Svg {

  static final String INK = "#222222";
  static final String GRID = "#dddddd";

  private final StringBuilder body = new StringBuilder();
  private final int width;
  private final int height;
  private final String description;

  Svg(int width, int height, String description) {
    this.width = width;
    this.height = height;
    this.description = description;
  }

  void line(double x1, double y1, double x2, double y2, String colour, double thickness) {
    body.append(
        Validation.format(
            "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\" stroke-width=\"%s\"/>\n",
            number(x1), number(y1), number(x2), number(y2), colour, number(thickness)));
  }

  void curve(double[] x, double[] y, String colour) {
    body.append(
        Validation.format(
            "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"2\"/>\n",
            IntStream.range(0, x.length)
                .mapToObj(i -> number(x[i]) + "," + number(y[i]))
                .collect(Collectors.joining(" ")),
            colour));
  }

  void rectangle(double x, double y, double wide, double high, String fill) {
    body.append(
        Validation.format(
            "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" fill=\"%s\"/>\n",
            number(x), number(y), number(wide), number(high), fill));
  }

  void circle(double x, double y, double radius, String fill, String stroke) {
    body.append(
        Validation.format(
            "<circle cx=\"%s\" cy=\"%s\" r=\"%s\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>\n",
            number(x), number(y), number(radius), fill, stroke));
  }

  void diamond(double x, double y, double radius, String fill, String stroke) {
    body.append(
        Validation.format(
            "<path d=\"M%s %sl%s %sl-%s %sl-%s -%sz\" fill=\"%s\" stroke=\"%s\" stroke-width=\"1.5\"/>\n",
            number(x),
            number(y - radius),
            number(radius),
            number(radius),
            number(radius),
            number(radius),
            number(radius),
            number(radius),
            fill,
            stroke));
  }

  /// @param anchor start, middle or end: the part of the text that is at x
  void text(double x, double y, String text, String anchor, int size) {
    text(x, y, text, anchor, size, "");
  }

  void title(double x, double y, String text, int size) {
    text(x, y, text, "start", size, " font-weight=\"bold\"");
  }

  /// Text that is read from below.
  void upright(double x, double y, String text, int size) {
    text(
        x,
        y,
        text,
        "middle",
        size,
        Validation.format(" transform=\"rotate(-90 %s %s)\"", number(x), number(y)));
  }

  private void text(double x, double y, String text, String anchor, int size, String attributes) {
    body.append(
        Validation.format(
            "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\" font-size=\"%d\" fill=\"%s\"%s>%s</text>\n",
            number(x), number(y), anchor, size, INK, attributes, escaped(text)));
  }

  void write(Path file) throws IOException {
    Files.writeString(
        file,
        Validation.format(
            """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="system-ui, 'DejaVu Sans', sans-serif" role="img" aria-label="%s">
        <rect width="%d" height="%d" fill="#ffffff"/>
        %s</svg>
        """,
            width, height, escaped(description), width, height, body));
  }

  private static String number(double value) {
    String text = Validation.format("%.1f", value);
    return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
