package org.trabecula.clinicalrules.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.trabecula.clinicalrules.ShippedData;

/// The agents as files: shape and names.
class AgentFilesTest {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Schema AGENT =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(new String(ShippedData.file("schemas/agent.schema.json"), UTF_8));

  static Set<String> files() {
    return ShippedData.files("agents").keySet();
  }

  @ParameterizedTest
  @MethodSource("files")
  void anAgentFileHasTheShapeOfItsSchemaAndTheNameOfItsCode(String file) throws IOException {
    JsonNode agent = JSON.readTree(ShippedData.files("agents").get(file));

    assertThat(AGENT.validate(agent)).isEmpty();
    assertThat(file).isEqualTo(agent.path("code").asText() + ".json");
  }
}
