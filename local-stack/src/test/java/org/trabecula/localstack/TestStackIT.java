package org.trabecula.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.Test;
import org.trabecula.contracts.Topic;

class TestStackIT {
  private final TestStack stack = TestStack.shared();

  @Test
  void givesEachCallerAnEmptyDatabaseOfItsOwn() throws SQLException {
    var first = stack.freshDatabase("patient");
    execute(first, "CREATE TABLE mark (id int)");
    var second = stack.freshDatabase("patient");
    assertThat(second).isNotEqualTo(first);
    assertThat(query(second, "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"))
        .containsExactly("0");
  }

  @Test
  void isTheSameStackForEveryCallerOfOneJvm() {
    assertThat(TestStack.shared().bootstrapServers()).isEqualTo(stack.bootstrapServers());
  }

  @Test
  void putsDatabaseSessionsInAZoneThatIsNotTheJvms() throws SQLException {
    var config = stack.quarkusConfig("protocol");
    try (var connection =
            DriverManager.getConnection(
                config.get("quarkus.datasource.jdbc.url"),
                config.get("quarkus.datasource.username"),
                config.get("quarkus.datasource.password"));
        var statement = connection.createStatement()) {
      statement.execute(config.get("quarkus.datasource.jdbc.new-connection-sql"));
      try (var rows = statement.executeQuery("SHOW timezone")) {
        rows.next();
        assertThat(rows.getString(1)).isEqualTo("America/St_Johns");
      }
    }
  }

  @Test
  void hasEveryTopicOfTheContractsAndItsDeadLetters() throws Exception {
    try (var admin = Admin.create(Map.of("bootstrap.servers", stack.bootstrapServers()))) {
      var names = admin.listTopics().names().get();
      for (Topic topic : Topic.values()) {
        assertThat(names).contains(topic.address(), topic.deadLetters());
      }
      var profile = Topic.PATIENT_PROFILE.address();
      var described = admin.describeTopics(List.of(profile)).allTopicNames().get().get(profile);
      assertThat(described.partitions()).hasSize(Topic.PARTITIONS);
    }
  }

  @Test
  void publishesTheKeyThatVerifiesItsTokens() throws Exception {
    var token = stack.token("clinician", "alder");
    try (var http = HttpClient.newHttpClient()) {
      var keys =
          http.send(
                  HttpRequest.newBuilder(stack.issuer().resolve("/.well-known/jwks.json")).build(),
                  HttpResponse.BodyHandlers.ofString())
              .body();
      assertThat(
              Tokens.verified(token, keys, stack.issuer().toString()).getStringClaimValue("clinic"))
          .isEqualTo("alder");
    }
  }

  private void execute(String database, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(stack.jdbcUrl(database), "patient", "patient");
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<String> query(String database, String sql) throws SQLException {
    try (var connection =
            DriverManager.getConnection(stack.jdbcUrl(database), "patient", "patient");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      var found = new ArrayList<String>();
      while (rows.next()) {
        found.add(rows.getString(1));
      }
      return found;
    }
  }
}
