package org.trabecula.kit.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.GeneralSecurityException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Names that stand for erased patients and that nobody can turn back without the installation's
/// salt. A hash without one could be: an identifier that a source decides can be guessed.
@ApplicationScoped
class Markers {
  private static final String SETTING = "trabecula.erasure.salt";
  private static final String OF_THIS_MACHINE =
      "the salt of a service that only this machine reaches";
  private static final int SHORTEST = 32;
  private static final String ALGORITHM = "HmacSHA256";

  private static final String REMEMBER_SALT =
      "insert into erasure_salt (hash) values (?) on conflict do nothing";
  private static final String SALT = "select hash from erasure_salt";

  private final DataSource database;
  private final String salt;

  Markers(
      DataSource database,
      @ConfigProperty(name = SETTING) Optional<String> salt,
      @ConfigProperty(name = "quarkus.http.host") String host)
      throws UnknownHostException {
    this.database = database;
    this.salt = check(salt, host);
  }

  /// Before anything is taken in.
  void start(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) StartupEvent event)
      throws SQLException {
    try (Connection connection = database.getConnection();
        PreparedStatement remember = connection.prepareStatement(REMEMBER_SALT);
        PreparedStatement ask = connection.prepareStatement(SALT)) {
      remember.setString(1, hash("salt"));
      remember.executeUpdate();
      try (ResultSet known = ask.executeQuery()) {
        if (!known.next() || !known.getString(1).equals(hash("salt"))) {
          throw new IllegalStateException(
              SETTING
                  + " is not the one that this database was begun with: erased patients would not be"
                  + " recognised");
        }
      }
    }
  }

  static String check(Optional<String> salt, String host) throws UnknownHostException {
    if (salt.isEmpty() && InetAddress.getByName(host).isLoopbackAddress()) {
      return OF_THIS_MACHINE;
    }
    return salt.filter(text -> text.length() >= SHORTEST)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    SETTING
                        + " is not set or has fewer than "
                        + SHORTEST
                        + " characters: it is a secret of this installation that never changes"));
  }

  String of(String clinic, UUID patient) {
    return hash(clinic + "/" + patient);
  }

  private String hash(String text) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(salt.getBytes(UTF_8), ALGORITHM));
      return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Every Java platform has " + ALGORITHM, e);
    }
  }
}
