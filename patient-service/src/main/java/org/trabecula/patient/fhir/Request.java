package org.trabecula.patient.fhir;

import org.hl7.fhir.r4.model.Bundle.HTTPVerb;
import org.jspecify.annotations.Nullable;

/// What a client asks for, be it over HTTP or in an entry of a Bundle.
///
/// @param method null when an entry does not say
/// @param type the resource's type, as the URL names it
/// @param id the resource's id, as the URL names it
/// @param query what follows the question mark
/// @param ifNoneExist the criteria of a conditional create
/// @param ifMatch the version that an update changes
record Request(
    @Nullable HTTPVerb method,
    String type,
    @Nullable String id,
    @Nullable String query,
    @Nullable String ifNoneExist,
    @Nullable String ifMatch) {

  static Request of(
      @Nullable HTTPVerb method,
      String url,
      @Nullable String ifNoneExist,
      @Nullable String ifMatch) {
    int question = url.indexOf('?');
    String path = question < 0 ? url : url.substring(0, question);
    String query = question < 0 ? null : url.substring(question + 1);
    int slash = path.indexOf('/');
    return new Request(
        method,
        slash < 0 ? path : path.substring(0, slash),
        slash < 0 ? null : path.substring(slash + 1),
        query,
        ifNoneExist,
        ifMatch);
  }

  boolean isCreateOf(String wanted) {
    return method == HTTPVerb.POST && wanted.equals(type) && id == null && query == null;
  }

  boolean isUpdateOf(String wanted) {
    return method == HTTPVerb.PUT && wanted.equals(type) && id != null && query == null;
  }

  boolean isConditionalUpdateOf(String wanted) {
    return method == HTTPVerb.PUT && wanted.equals(type) && id == null && query != null;
  }
}
