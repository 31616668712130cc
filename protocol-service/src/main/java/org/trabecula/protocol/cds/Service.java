package org.trabecula.protocol.cds;

import java.util.Optional;
import java.util.stream.Stream;

/// What can be asked.
enum Service {
  ORDER_SELECT(
      "trabecula-order-select",
      "order-select",
      "Safety and regulatory status of hormone and peptide orders, when they are selected",
      "Asks safety rules and the regulators' table about the selected draft orders, together with the active regimen."),
  ORDER_SIGN(
      "trabecula-order-sign",
      "order-sign",
      "Safety and regulatory status of hormone and peptide orders, before they are signed",
      "Asks safety rules and the regulators' table about all draft orders, together with the active regimen.");

  private final String id;
  private final String hook;
  private final String title;
  private final String description;

  Service(String id, String hook, String title, String description) {
    this.id = id;
    this.hook = hook;
    this.title = title;
    this.description = description;
  }

  static Optional<Service> of(String id) {
    return Stream.of(values()).filter(service -> service.id.equals(id)).findFirst();
  }

  String id() {
    return id;
  }

  String hook() {
    return hook;
  }

  String title() {
    return title;
  }

  String description() {
    return description;
  }
}
