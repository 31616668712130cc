package org.trabecula.localstack;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Parts of the stack come up side by side; whatever one of them fails with reaches the person who
/// waits as a [StackFailure].
final class Background {
  private Background() {}

  static <T> CompletableFuture<T> run(Callable<T> work) {
    var outcome = new CompletableFuture<T>();
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                outcome.complete(work.call());
              } catch (Throwable e) {
                outcome.completeExceptionally(e);
              }
            });
    return outcome;
  }

  static <T> T result(CompletableFuture<T> future) {
    try {
      return future.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof StackFailure failure) {
        throw failure;
      }
      throw new StackFailure("The stack did not start: " + e.getCause(), e);
    }
  }

  /// Ends with the first failure instead of waiting for the others.
  static CompletableFuture<Void> firstFailureOrAll(List<? extends CompletableFuture<?>> waits) {
    var outcome = new CompletableFuture<Void>();
    waits.forEach(
        wait ->
            wait.whenComplete(
                (service, failure) -> {
                  if (failure != null) {
                    outcome.completeExceptionally(failure);
                  } else if (waits.stream().allMatch(CompletableFuture::isDone)) {
                    outcome.complete(null);
                  }
                }));
    return outcome;
  }
}
