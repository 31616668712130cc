package org.trabecula.protocol.regulatory;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.trabecula.clinicalrules.regulatory.Mistake;
import org.trabecula.clinicalrules.regulatory.PublishedTable;
import org.trabecula.clinicalrules.regulatory.TableDiff;
import org.trabecula.clinicalrules.regulatory.UnreadableTable;
import org.trabecula.kit.clinic.CurrentClinic;
import org.trabecula.kit.http.Problems;
import org.trabecula.kit.http.Problems.Violation;
import org.trabecula.kit.http.Roles;
import org.trabecula.protocol.regulatory.TablePublication.Effect;
import org.trabecula.protocol.regulatory.TableVersions.Bringer;
import org.trabecula.protocol.regulatory.TableVersions.Loading;
import org.trabecula.protocol.regulatory.TableVersions.Origin;

/// Tables as they were loaded, and the import of another.
@Path("/v1/regulatory-flags/versions")
@RunOnVirtualThread
@RolesAllowed({Roles.CLINICIAN, Roles.INTEGRATION, Roles.VIEWER, Roles.ADMINISTRATOR})
public class RegulatoryVersionResource {
  private static final String CSV = "text/csv";
  private static final int LONGEST_LABEL = 200;

  /// More are counted, not listed: whoever made a thousand mistakes made one.
  private static final int MOST_MISTAKES = 1000;

  private final TablePublication publication;
  private final TableVersions versions;
  private final SecurityIdentity caller;
  private final CurrentClinic clinic;
  private final Clock clock = Clock.systemUTC();

  RegulatoryVersionResource(
      TablePublication publication,
      TableVersions versions,
      SecurityIdentity caller,
      CurrentClinic clinic) {
    this.publication = publication;
    this.versions = versions;
    this.caller = caller;
    this.clinic = clinic;
  }

  /// A table that was loaded.
  ///
  /// @param number grows with every loading; a table that is loaded again has another
  /// @param asOf month in which its newest row was checked
  /// @param rows in our codes: a line about several agents is a row of each
  /// @param loadedBy who imported it; absent when a release brought it
  /// @param activeRegimens that it touched, over all clinics
  public record Version(
      long number,
      String version,
      String label,
      Origin origin,
      String asOf,
      int rows,
      @Nullable String loadedBy,
      @Nullable String loadedFrom,
      Instant loadedAt,
      int activeRegimens,
      boolean inForce,
      int added,
      int removed,
      int changed) {

    private static Version of(Loading loading) {
      return new Version(
          loading.number(),
          loading.version(),
          loading.label(),
          loading.origin(),
          loading.asOf().toString(),
          loading.rows(),
          loading.loadedBy(),
          loading.loadedFrom(),
          loading.loadedAt(),
          loading.activeRegimens(),
          loading.inForce(),
          loading.diff().added().size(),
          loading.diff().removed().size(),
          loading.diff().changed().size());
    }
  }

  public record Page(List<Version> items, @Nullable String next) {}

  /// @param diff from the table that was in force before
  public record Detail(Version version, TableDiff diff) {}

  /// What an import did, or would do.
  ///
  /// @param version hash of the table, under which it is found once it is loaded
  /// @param loaded whether it was put in force now: not in a dry run, nor when it was in force
  /// @param activeRegimens that are evaluated again, over all clinics
  /// @param diff from the table that was in force
  public record Import(
      String version, boolean dryRun, boolean loaded, int activeRegimens, TableDiff diff) {}

  @GET
  public Page all(
      @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
    var query = new Query();
    int size = query.limit(limit);
    long before = before(query, cursor);
    query.orThrow();
    List<Loading> found = versions.page(before, size + 1);
    List<Loading> items = found.subList(0, Math.min(size, found.size()));
    return new Page(
        items.stream().map(Version::of).toList(),
        found.size() > size ? Query.cursor(Long.toString(items.getLast().number())) : null);
  }

  @GET
  @Path("/{version}")
  public Detail one(@PathParam("version") String version) {
    return versions
        .find(version)
        .map(loading -> new Detail(Version.of(loading), loading.diff()))
        .orElseThrow(RegulatoryVersionResource::unknown);
  }

  /// As it was loaded, to the byte.
  @GET
  @Path("/{version}/table")
  @Produces(CSV)
  public String table(@PathParam("version") String version) {
    return versions.file(version).orElseThrow(RegulatoryVersionResource::unknown);
  }

  @POST
  @Consumes(CSV)
  @Produces(MediaType.APPLICATION_JSON)
  @RolesAllowed(Roles.ADMINISTRATOR)
  public Response load(
      @QueryParam("label") @Nullable String label,
      @QueryParam("dryRun") @Nullable String dryRun,
      byte @Nullable [] table)
      throws SQLException {
    Import done = read(label, dryRun, table);
    return response(done).entity(done).build();
  }

  /// The same, with the diff for people to read.
  @POST
  @Consumes(CSV)
  @Produces(MediaType.TEXT_PLAIN + ";qs=0.5")
  @RolesAllowed(Roles.ADMINISTRATOR)
  public Response loadAndRead(
      @QueryParam("label") @Nullable String label,
      @QueryParam("dryRun") @Nullable String dryRun,
      byte @Nullable [] table)
      throws SQLException {
    Import done = read(label, dryRun, table);
    return response(done).entity(text(done)).build();
  }

  private Import read(@Nullable String label, @Nullable String dryRun, byte @Nullable [] file)
      throws SQLException {
    var query = new Query();
    boolean dry = query.flag("dryRun", dryRun);
    String name = label(query, label, dry);
    query.orThrow();
    PublishedTable table = table(file == null ? new byte[0] : file);
    Effect effect =
        dry
            ? publication.preview(table)
            : publication.load(
                table,
                new Bringer(Origin.IMPORTED, name, caller.getPrincipal().getName(), clinic.id()));
    return new Import(
        table.version(), dry, effect.loaded(), effect.activeRegimens(), effect.diff());
  }

  /// Read before anything is held.
  private PublishedTable table(byte[] file) {
    try {
      return PublishedTable.read(file, YearMonth.now(clock.withZone(ZoneOffset.ofHours(14))));
    } catch (UnreadableTable e) {
      throw Problems.invalid(violations(e.mistakes()));
    }
  }

  private static List<Violation> violations(List<Mistake> mistakes) {
    var violations = new ArrayList<Violation>();
    mistakes.stream()
        .limit(MOST_MISTAKES)
        .map(it -> Violation.body("line " + it.line() + ", " + it.column(), it.reason()))
        .forEach(violations::add);
    if (mistakes.size() > MOST_MISTAKES) {
      int more = mistakes.size() - MOST_MISTAKES;
      violations.add(Violation.body("table", "and " + more + " more mistakes"));
    }
    return violations;
  }

  private static String label(Query query, @Nullable String label, boolean dry) {
    if (label == null && dry) {
      return "";
    }
    if (label == null
        || label.isBlank()
        || label.length() > LONGEST_LABEL
        || label.chars().anyMatch(Character::isISOControl)) {
      query.refuse("label", "must have 1 to " + LONGEST_LABEL + " characters, on one line", null);
      return "";
    }
    return label;
  }

  private static long before(Query query, @Nullable String cursor) {
    try {
      return query.place(cursor).map(Long::parseLong).orElse(Long.MAX_VALUE);
    } catch (NumberFormatException e) {
      query.refuse("cursor", "is not one that this list gave", null);
      return 0;
    }
  }

  private static Response.ResponseBuilder response(Import done) {
    return done.loaded()
        ? Response.created(URI.create("/v1/regulatory-flags/versions/" + done.version()))
        : Response.ok();
  }

  private static String text(Import done) {
    return "Version %s, %s: %d active regimens to evaluate again\n%s"
        .formatted(
            done.version(),
            done.loaded() ? "in force now" : done.dryRun() ? "dry run" : "in force already",
            done.activeRegimens(),
            done.diff().text());
  }

  private static RuntimeException unknown() {
    return Problems.notFound("version", "No table of this version was loaded.");
  }
}
