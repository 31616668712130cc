package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IssuerTest {
  @TempDir Path home;

  @Test
  void refusesAnyAddressButLoopback() throws Exception {
    for (var address : new String[] {"0.0.0.0", "192.0.2.1", "::"}) {
      assertThatThrownBy(() -> Issuer.start(InetAddress.getByName(address), 0, key()))
          .isInstanceOf(Issuer.NotLoopback.class)
          .hasMessageContaining("loopback only");
    }
    assertThat(key()).doesNotExist();
  }

  @Test
  void keepsTheKeyForItsOwner() throws Exception {
    start().close();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key())))
        .isEqualTo("rw-------");
  }

  @Test
  void signsWhatItsPublishedKeysVerify() throws Exception {
    try (var issuer = start()) {
      var token = issuer.token(Role.INTEGRATION, "alder", Duration.ofMinutes(5));
      var claims = Tokens.verified(token, get(issuer.jwks()), issuer.uri().toString());
      assertThat(claims.getStringListClaimValue("groups")).containsExactly("integration");
      assertThat(claims.getStringClaimValue("clinic")).isEqualTo("alder");
      assertThat(claims.getExpirationTime().getValue() - claims.getIssuedAt().getValue())
          .isEqualTo(300);
    }
  }

  @Test
  void publishesNoPrivateKey() throws Exception {
    try (var issuer = start()) {
      assertThat(get(issuer.jwks())).contains("\"n\":").doesNotContain("\"d\":", "\"p\":");
    }
  }

  @Test
  void tellsWhereItsKeysAre() throws Exception {
    try (var issuer = start()) {
      assertThat(get(issuer.uri().resolve("/.well-known/openid-configuration")))
          .contains("\"issuer\":\"" + issuer.uri() + "\"")
          .contains("\"jwks_uri\":\"" + issuer.jwks() + "\"");
    }
  }

  @Test
  void keepsItsKeyAcrossRestarts() throws Exception {
    String before;
    try (var issuer = start()) {
      before = get(issuer.jwks());
    }
    try (var issuer = start()) {
      assertThat(get(issuer.jwks())).isEqualTo(before);
    }
  }

  @Test
  void signsForTheCommandLineAsTheRunningIssuerWould() throws Exception {
    try (var issuer = start()) {
      Files.writeString(DataFolder.issuerName(home), issuer.uri().toString());
      var token = token("--role", "clinician", "--clinic", "birch", "--minutes", "2");
      var claims = Tokens.verified(token, get(issuer.jwks()), issuer.uri().toString());
      assertThat(claims.getStringListClaimValue("groups")).isEqualTo(List.of("clinician"));
      assertThat(claims.getStringClaimValue("clinic")).isEqualTo("birch");
    }
  }

  @Test
  void saysThatNoStackWasEverStarted() {
    assertThatThrownBy(() -> token("--role", "viewer"))
        .isInstanceOf(StackFailure.class)
        .hasMessageContaining("No stack was ever started");
  }

  @Test
  void namesTheRolesWhenTheCommandLineAsksForAnother() {
    assertThatThrownBy(() -> token("--role", "surgeon"))
        .isInstanceOf(StackFailure.class)
        .hasMessage(
            "There is no role 'surgeon'; the roles are clinician, prescriber, integration, viewer, administrator.");
  }

  @Test
  void aPrescriberIsAClinicianToo() {
    assertThat(Role.PRESCRIBER.groups()).containsExactly("clinician", "prescriber");
    assertThat(Role.CLINICIAN.groups()).containsExactly("clinician");
  }

  @Test
  void refusesAMissingRoleAnUnknownOptionAndAWrongLifetime() {
    assertThatThrownBy(() -> token()).hasMessageContaining("Usage");
    assertThatThrownBy(() -> token("--role")).hasMessageContaining("Usage");
    assertThatThrownBy(() -> token("--scope", "all")).hasMessageContaining("'--scope'");
    assertThatThrownBy(() -> token("--role", "viewer", "--minutes", "0"))
        .hasMessageContaining("--minutes is '0'");
  }

  private String token(String... options) throws Exception {
    var arguments = new String[options.length + 1];
    arguments[0] = "root";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return Token.of(home, Map.of("TRABECULA_DATA", home.toString()), arguments);
  }

  private Issuer start() throws Exception {
    return Issuer.start(InetAddress.getLoopbackAddress(), 0, key());
  }

  private Path key() {
    return DataFolder.signingKey(home);
  }

  private static String get(URI uri) throws Exception {
    try (var http = HttpClient.newHttpClient()) {
      return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
          .body();
    }
  }
}
