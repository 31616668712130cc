package org.trabecula.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Collects notes in order, one per code and subject.
final class Notes {

  private final Map<String, Note> notes = new LinkedHashMap<>();

  void add(String code, String text) {
    notes.putIfAbsent(code + text, new Note(code, text));
  }

  List<Note> all() {
    return List.copyOf(notes.values());
  }
}
