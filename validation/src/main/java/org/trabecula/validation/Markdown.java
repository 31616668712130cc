package org.trabecula.validation;

import java.util.List;
import java.util.stream.Collectors;

/// A page of Markdown as it grows.
final class Markdown {

  private final StringBuilder text = new StringBuilder();

  void heading(int level, String title) {
    text.append("#".repeat(level)).append(' ').append(title).append("\n\n");
  }

  void paragraph(String paragraph) {
    text.append(paragraph.strip()).append("\n\n");
  }

  void image(String description, String file) {
    text.append("![").append(description).append("](").append(file).append(")\n\n");
  }

  /// @param names of the columns; one that starts with `>` is set flush right
  void table(List<String> names, List<List<String>> rows) {
    row(names.stream().map(name -> name.replaceFirst("^>", "")).toList());
    row(names.stream().map(name -> name.startsWith(">") ? "--:" : "---").toList());
    rows.forEach(this::row);
    text.append('\n');
  }

  /// A table that opens on a click.
  void folded(String summary, List<String> names, List<List<String>> rows) {
    text.append("<details><summary>").append(summary).append("</summary>\n\n");
    table(names, rows);
    text.append("</details>\n\n");
  }

  private void row(List<String> cells) {
    text.append(
            cells.stream()
                .map(cell -> cell.replace("|", "\\|"))
                .collect(Collectors.joining(" | ", "| ", " |")))
        .append('\n');
  }

  @Override
  public String toString() {
    return text.toString().stripTrailing() + "\n";
  }
}
