package org.trabecula.localstack;

/// Why the stack cannot start or go on. The message is one sentence for the person at the terminal:
/// what is wrong and what to do about it.
public class StackFailure extends RuntimeException {
  public StackFailure(String sentence) {
    super(sentence);
  }

  public StackFailure(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
