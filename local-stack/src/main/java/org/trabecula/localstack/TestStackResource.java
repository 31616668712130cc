package org.trabecula.localstack;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/// Gives a `@QuarkusTest` the shared [TestStack] and a fresh database. The init argument `database`
/// is the service's database, `patient` for one. A test's field of type [TestStack] is filled.
public final class TestStackResource implements QuarkusTestResourceLifecycleManager {
  private String database = "";

  @Override
  public void init(Map<String, String> initArgs) {
    database = initArgs.getOrDefault("database", "");
    if (database.isEmpty()) {
      throw new IllegalArgumentException(
          "@QuarkusTestResource(TestStackResource.class) needs the init argument 'database'");
    }
  }

  @Override
  public Map<String, String> start() {
    return TestStack.shared().quarkusConfig(database);
  }

  @Override
  public void inject(TestInjector testInjector) {
    testInjector.injectIntoFields(
        TestStack.shared(), field -> field.getType().equals(TestStack.class));
  }

  /// The stack outlives the application: other test classes use it too.
  @Override
  public void stop() {}
}
