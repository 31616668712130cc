package org.trabecula.contracts;

/// A regulator's territory, and the authority that speaks for it.
public enum Region {
  US("FDA"),
  EU("EMA"),
  UK("MHRA"),
  CN("NMPA"),
  JP("PMDA"),
  AU("TGA"),
  CA("HC");

  private final String authority;

  Region(String authority) {
    this.authority = authority;
  }

  public String authority() {
    return authority;
  }
}
