package org.trabecula.protocol.fhir;

/// The code systems that are read and written here.
public final class Codes {
  public static final String UCUM = "http://unitsofmeasure.org";

  /// Agent, ester and route of use included: no public system tells all of ours apart.
  public static final String AGENT = "urn:trabecula:agent";

  public static final String INDICATION = "urn:trabecula:indication";
  public static final String RULE = "urn:trabecula:rule";

  static final String SNOMED = "http://snomed.info/sct";
  static final String ROUTE = "urn:trabecula:route";
  static final String FACT = "urn:trabecula:fact";
  static final String REGIMEN = "urn:trabecula:regimen";
  static final String PROPOSAL = "urn:trabecula:proposal";
  static final String CLIENT = "urn:trabecula:client";

  /// What was done about a finding: `override` or `acknowledgement`.
  static final String MITIGATION = "urn:trabecula:mitigation";

  /// Of a dosage: the days of each cycle on which it is taken, as a ratio of days. Its timing says
  /// how often in a cycle, which is right for whoever does not know the extension.
  public static final String CYCLE = "urn:trabecula:fhir:cycle";

  private Codes() {}
}
