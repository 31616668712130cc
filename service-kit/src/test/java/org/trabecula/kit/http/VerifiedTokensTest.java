package org.trabecula.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.smallrye.jwt.auth.principal.DefaultJWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTAuthContextInfo;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipal;
import io.smallrye.jwt.auth.principal.JWTCallerPrincipalFactory;
import io.smallrye.jwt.auth.principal.ParseException;
import java.time.Duration;
import java.time.Instant;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.junit.jupiter.api.Test;

class VerifiedTokensTest {
  private static final Instant START = Instant.parse("2026-03-01T08:00:00Z");
  private static final JWTAuthContextInfo RULES = new JWTAuthContextInfo();

  private final Issuer issuer = new Issuer();
  private Instant now = START;
  private final VerifiedTokens tokens = new VerifiedTokens(issuer, () -> now);

  @Test
  void verifiesATokenOnceAMinute() throws ParseException {
    JWTCallerPrincipal first = tokens.parse("a", RULES);
    now = START.plusSeconds(59);
    assertThat(tokens.parse("a", RULES)).isSameAs(first);
    assertThat(issuer.verified).isEqualTo(1);
    now = START.plusSeconds(61);
    tokens.parse("a", RULES);
    assertThat(issuer.verified).isEqualTo(2);
  }

  @Test
  void tellsTokensApart() throws ParseException {
    assertThat(tokens.parse("a", RULES).getSubject()).isEqualTo("a");
    assertThat(tokens.parse("b", RULES).getSubject()).isEqualTo("b");
  }

  @Test
  void refusesAnExpiredTokenThatItAcceptedASecondAgo() throws ParseException {
    issuer.lifetime = Duration.ofSeconds(10);
    now = START.plusSeconds(9);
    tokens.parse("a", RULES);
    now = START.plusSeconds(10);
    assertThatThrownBy(() -> tokens.parse("a", RULES)).isInstanceOf(ParseException.class);
  }

  @Test
  void remembersNoTokenThatWasRefused() throws ParseException {
    issuer.trusts = false;
    assertThatThrownBy(() -> tokens.parse("a", RULES)).isInstanceOf(ParseException.class);
    issuer.trusts = true;
    assertThat(tokens.parse("a", RULES).getSubject()).isEqualTo("a");
  }

  @Test
  void trustsARevokedKeyForAMinuteAtMost() throws ParseException {
    tokens.parse("a", RULES);
    issuer.trusts = false;
    now = START.plusSeconds(61);
    assertThatThrownBy(() -> tokens.parse("a", RULES)).isInstanceOf(ParseException.class);
  }

  /// Stands for the library: a token's text is its subject.
  private final class Issuer extends JWTCallerPrincipalFactory {
    private int verified;
    private boolean trusts = true;
    private Duration lifetime = Duration.ofHours(1);

    @Override
    public JWTCallerPrincipal parse(String token, JWTAuthContextInfo rules) throws ParseException {
      verified++;
      Instant expiry = START.plus(lifetime);
      if (!trusts || !now.isBefore(expiry)) {
        throw new ParseException("Refused");
      }
      var claims = new JwtClaims();
      claims.setSubject(token);
      claims.setExpirationTime(NumericDate.fromSeconds(expiry.getEpochSecond()));
      return new DefaultJWTCallerPrincipal(token, "JWT", claims);
    }
  }
}
