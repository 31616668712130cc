package org.trabecula.engine;

/// An assumption or a warning: a stable code for programs, a sentence for people.
public record Note(String code, String text) {}
