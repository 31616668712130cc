package org.trabecula.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/// `./trabecula token`: prints a bearer token for a demo role, and nothing else, on standard
/// output.
public final class Token {
  private static final String USAGE =
      "Usage: ./trabecula token --role clinician|integration|viewer|administrator [--clinic demo] [--minutes 60]";

  private final Path data;
  private String role = "";
  private String clinic = "demo";
  private String minutes = "60";

  private Token(Path data) {
    this.data = data;
  }

  /// Arguments: the project's root, then the options.
  public static void main(String[] arguments) throws IOException {
    try {
      System.out.println(of(Path.of(arguments[0]), System.getenv(), arguments));
    } catch (StackFailure e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  /// @param arguments the first is skipped: it is the project's root
  static String of(Path root, Map<String, String> environment, String... arguments)
      throws IOException {
    var token = new Token(StackOptions.dataFolder(root, environment));
    for (int i = 1; i < arguments.length; i += 2) {
      token.set(arguments[i], i + 1 < arguments.length ? arguments[i + 1] : "");
    }
    return token.sign();
  }

  private void set(String option, String value) {
    if (value.isBlank()) {
      throw new StackFailure(USAGE);
    }
    switch (option) {
      case "--role" -> role = value;
      case "--clinic" -> clinic = value;
      case "--minutes" -> minutes = value;
      default -> throw new StackFailure("token does not know '%s'. %s".formatted(option, USAGE));
    }
  }

  private String sign() throws IOException {
    if (role.isEmpty()) {
      throw new StackFailure(USAGE);
    }
    var bearer = Role.of(role);
    var lifetime = lifetime();
    var key = DataFolder.signingKey(data);
    var issuer = DataFolder.issuerName(data);
    if (!Files.exists(key) || !Files.exists(issuer)) {
      throw new StackFailure(
          "No stack was ever started in %s, so there is no key to sign with; run ./trabecula up first."
              .formatted(data));
    }
    return SigningKey.load(key).token(Files.readString(issuer).strip(), bearer, clinic, lifetime);
  }

  private Duration lifetime() {
    try {
      long count = Long.parseLong(minutes);
      if (count > 0 && count <= 525_600) {
        return Duration.ofMinutes(count);
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of range.
    }
    throw new StackFailure("--minutes is '%s'; give 1 to 525600.".formatted(minutes));
  }
}
