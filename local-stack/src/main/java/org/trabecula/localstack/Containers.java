package org.trabecula.localstack;

import java.time.ZoneId;
import org.testcontainers.kafka.KafkaContainer;
import org.testcontainers.lifecycle.Startables;
import org.testcontainers.postgresql.PostgreSQLContainer;
import org.testcontainers.utility.DockerImageName;

/// PostgreSQL and Kafka in containers, for tests on the images that a site would run.
/// `TRABECULA_POSTGRES_IMAGE` and `TRABECULA_KAFKA_IMAGE` choose others.
final class Containers {
  private Containers() {}

  static TestServers.Servers start(ZoneId sessionZone) {
    var postgres =
        new PostgreSQLContainer(image("TRABECULA_POSTGRES_IMAGE", "postgres", "postgres:18"))
            .withCommand("postgres", "-c", "timezone=" + sessionZone.getId())
            .withUsername("postgres");
    var kafka =
        new KafkaContainer(image("TRABECULA_KAFKA_IMAGE", "apache/kafka", "apache/kafka:4.1.1"))
            .withEnv("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false")
            .withEnv("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0");
    try {
      Startables.deepStart(postgres, kafka).join();
    } catch (RuntimeException e) {
      postgres.stop();
      kafka.stop();
      throw new StackFailure("The containers did not start: " + e.getMessage(), e);
    }
    return new Running(postgres, kafka);
  }

  private static DockerImageName image(String variable, String standsFor, String usual) {
    return DockerImageName.parse(System.getenv().getOrDefault(variable, usual))
        .asCompatibleSubstituteFor(standsFor);
  }

  private record Running(PostgreSQLContainer postgres, KafkaContainer kafka)
      implements TestServers.Servers {
    @Override
    public String bootstrapServers() {
      return kafka.getBootstrapServers();
    }

    @Override
    public String jdbcUrl() {
      return "jdbc:postgresql://%s:%d/"
          .formatted(postgres.getHost(), postgres.getFirstMappedPort());
    }

    @Override
    public String superuser() {
      return postgres.getUsername();
    }

    @Override
    public String password() {
      return postgres.getPassword();
    }

    @Override
    public void close() {
      kafka.stop();
      postgres.stop();
    }
  }
}
