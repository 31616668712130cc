package org.trabecula.localstack;

/// What a newcomer wants to know once everything is up.
final class Whereabouts {
  private Whereabouts() {}

  static String of(Stack stack, StackOptions options) {
    var text = new StringBuilder();
    text.append(
        "%nTrabecula is up after %.1f s and takes %d MB of memory when idle.%n%n"
            .formatted(stack.secondsSinceStart(), stack.kibibytes() >> 10));
    for (ServiceProcess service : stack.processes()) {
      text.append(
          row(service.name(), "%s  (API: /q/openapi, health: /q/health)".formatted(service.uri())));
    }
    text.append(row("Kafka", stack.bootstrapServers()));
    for (ServiceSpec spec : options.services()) {
      text.append(
          row(
              "PostgreSQL",
              "%s  (user and password: %s)"
                  .formatted(stack.jdbcUrl(spec.database()), spec.database())));
    }
    text.append(row("token issuer", stack.issuer().toString()));
    text.append(row("logs", stack.logs().toString()));
    text.append(
        """

          ./trabecula token --role clinician   prints a bearer token
          ./trabecula demo                     shows the main job, step by step
          Ctrl-C                               stops everything; the data stay
        """);
    return text.toString();
  }

  private static String row(String what, String where) {
    return "  %-20s %s%n".formatted(what, where);
  }
}
