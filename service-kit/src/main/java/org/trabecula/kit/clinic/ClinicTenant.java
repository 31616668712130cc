package org.trabecula.kit.clinic;

import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.enterprise.context.RequestScoped;

/// Tells Hibernate the clinic, which it then adds to every row it writes and demands of every row
/// it reads.
@PersistenceUnitExtension
@RequestScoped
class ClinicTenant implements TenantResolver {
  private final CurrentClinic clinic;

  ClinicTenant(CurrentClinic clinic) {
    this.clinic = clinic;
  }

  /// Outside of any request there is no clinic, and so no row is visible.
  @Override
  public String getDefaultTenantId() {
    return "";
  }

  @Override
  public String resolveTenantId() {
    return clinic.id();
  }
}
