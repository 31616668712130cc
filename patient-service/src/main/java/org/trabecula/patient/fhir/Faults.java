package org.trabecula.patient.fhir;

import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Collects what the parser stumbles over. Nothing is let pass.
class Faults implements IParserErrorHandler {
  private static final int MOST = 20;

  private final List<String> found = new ArrayList<>();

  List<String> found() {
    return found;
  }

  /// What the parser said, without its own message numbers and class names.
  static String describe(Exception e) {
    String message = e.getMessage();
    if (message == null || e instanceof ClassCastException) {
      return "Is no resource that may stand here.";
    }
    return message
        .replaceFirst("^HAPI-\\d+: ", "")
        .replaceAll("\\b(ca\\.uhn|org\\.hl7|java)\\.[\\w.$]+", "value");
  }

  private void add(String fault, @Nullable IParseLocation location) {
    if (found.size() < MOST) {
      String element = location == null ? null : location.getParentElementName();
      found.add(element == null ? fault : fault + " In element '" + element + "'.");
    }
  }

  @Override
  public void containedResourceWithNoId(IParseLocation location) {
    add("A contained resource has no id.", location);
  }

  @Override
  public void incorrectJsonType(
      IParseLocation location,
      String element,
      ValueType expected,
      ScalarType expectedScalar,
      ValueType found,
      ScalarType foundScalar) {
    add(
        "Element '%s' is %s where %s is expected."
            .formatted(element, name(found, foundScalar), name(expected, expectedScalar)),
        location);
  }

  @Override
  public void invalidInternalReference(IParseLocation location, String reference) {
    add("Reference '" + reference + "' is not valid.", location);
  }

  @Override
  public void invalidValue(IParseLocation location, String value, String error) {
    add("A value is not valid: " + describe(new IllegalArgumentException(error)), location);
  }

  @Override
  public void missingRequiredElement(IParseLocation location, String element) {
    add("Element '" + element + "' is missing.", location);
  }

  @Override
  public void unexpectedRepeatingElement(IParseLocation location, String element) {
    add("Element '" + element + "' is given more than once.", location);
  }

  @Override
  public void unknownAttribute(IParseLocation location, String attribute) {
    add("Attribute '" + attribute + "' is unknown.", location);
  }

  @Override
  public void unknownElement(IParseLocation location, String element) {
    add("Element '" + element + "' is unknown.", location);
  }

  @Override
  public void unknownReference(IParseLocation location, String reference) {
    add("Reference '" + reference + "' leads nowhere in the resource.", location);
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(IParseLocation location) {
    add("An extension has both a value and extensions.", location);
  }

  private static String name(ValueType type, @Nullable ScalarType scalar) {
    return scalar == null
        ? type.name().toLowerCase(java.util.Locale.ROOT)
        : scalar.name().toLowerCase(java.util.Locale.ROOT);
  }
}
