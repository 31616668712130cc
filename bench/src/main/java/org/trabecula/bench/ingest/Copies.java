package org.trabecula.bench.ingest;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Copies of the service's tables, with their rows, keys, indexes and constraints, for pgbench to
/// write to and read from: what it writes must not reach the relay.
///
/// Patients of the copies are numbered, and a patient's identifier is `md5` of the number, which
/// pgbench can compute.
final class Copies implements AutoCloseable {
  private static final String MAKE =
      """
      create schema copy;
      create table copy.patient (like public.patient including all);
      create table copy.measurement (like public.measurement including all);
      create table copy.outbox (like public.outbox including all);
      create temporary table numbered as
        select id as original, md5(((row_number() over (order by registered_at, id)) - 1)::text)::uuid as id
        from public.patient where clinic = '%s';
      """;
  private static final String COPY =
      """
      insert into copy.%1$s (%2$s)
      select %3$s from public.%1$s t join numbered n on n.original = t.%4$s where t.clinic = '%5$s'
      """;
  private static final String REFERENCES =
      """
      select pg_get_constraintdef(oid) from pg_constraint
      where contype = 'f' and conrelid = 'public.measurement'::regclass
      """;
  /// Those that an insert names.
  private static final String COLUMNS =
      """
      select column_name, udt_name from information_schema.columns
      where table_schema = 'public' and table_name = '%s' and is_generated = 'NEVER'
      order by ordinal_position
      """;

  private final Connection database;
  private final String clinic;

  Copies(String jdbcUrl, String user, String clinic) throws SQLException {
    this.database = DriverManager.getConnection(jdbcUrl, user, user);
    this.clinic = clinic;
  }

  private record Column(String name, String type) {}

  void make() throws SQLException {
    run(MAKE.formatted(clinic));
    copy("patient", "id");
    copy("measurement", "patient_id");
    for (String constraint : texts(REFERENCES)) {
      run(
          "alter table copy.measurement add "
              + constraint.replaceFirst("REFERENCES (public\\.)?", "REFERENCES copy."));
    }
    run("analyze public.patient; analyze public.measurement");
    run("analyze copy.patient; analyze copy.measurement");
  }

  private void copy(String table, String patient) throws SQLException {
    var names = columns(table).stream().map(Column::name).toList();
    run(
        COPY.formatted(
            table,
            String.join(", ", names),
            String.join(
                ", ",
                names.stream().map(name -> name.equals(patient) ? "n.id" : "t." + name).toList()),
            patient,
            clinic));
  }

  /// A transaction that writes what the service writes for one Observation: a measurement like the
  /// one that is there, of another patient and under another key, and its event.
  ///
  /// @param first number of the first patient whose measurements are written
  /// @param last number of the last one
  String twoInserts(int first, int last) throws SQLException {
    var names = new ArrayList<String>();
    var values = new ArrayList<String>();
    for (Column column : columns("measurement")) {
      names.add(column.name());
      values.add(
          switch (column.name()) {
            case "id" -> "gen_random_uuid()";
            case "patient_id" -> "md5(:patient::text)::uuid";
            case "source_id" -> "gen_random_uuid()::text";
            case "effective_at" -> "now() - random() * interval '2000 days'";
            case "recorded_at" -> "now()";
            default -> literal(present(column.name())) + "::" + column.type();
          });
    }
    String payload =
        texts(
                "select to_jsonb(t)::text from measurement t where clinic = '%s' limit 1"
                    .formatted(clinic))
            .getFirst();
    return """
    \\set patient random(%d, %d)
    begin;
    insert into copy.measurement (%s) values (%s);
    insert into copy.outbox (id, aggregatetype, aggregateid, type, clinic, partitionkey, subject, payload, traceparent, occurred_at) \
    values (gen_random_uuid(), 'trabecula.patient.measurement.v1', \
    '%s/' || md5(:patient::text)::uuid || '/' || gen_random_uuid(), 'org.trabecula.measurement-recorded.v1', '%s', \
    '%s/' || md5(:patient::text)::uuid, 'patient/' || md5(:patient::text)::uuid || '/measurement/' || gen_random_uuid(), \
    %s, '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-00', now());
    commit;
    """
        .formatted(
            first,
            last,
            String.join(", ", names),
            String.join(", ", values),
            clinic,
            clinic,
            clinic,
            literal(payload));
  }

  /// @param query what the service asks, with `:patient` for the patient's identifier
  String search(int last, String query) {
    return "\\set number random(0, %d)\n%s;\n"
        .formatted(
            last,
            query
                .replace("from measurement", "from copy.measurement")
                .replace(":patient", "md5(:number::text)::uuid"));
  }

  long count(String query) throws SQLException {
    return Long.parseLong(texts(query).getFirst());
  }

  private @Nullable String present(String column) throws SQLException {
    var text =
        texts(
            "select coalesce(%s::text, '') from measurement where clinic = '%s' order by id limit 1"
                .formatted(column, clinic));
    return text.getFirst().isEmpty() ? null : text.getFirst();
  }

  /// A constant that pgbench does not take for one with variables in it.
  private static String literal(@Nullable String text) {
    return text == null
        ? "null"
        : "('" + text.replace("'", "''").replace(":", "' || chr(58) || '") + "')";
  }

  private List<Column> columns(String table) throws SQLException {
    var columns = new ArrayList<Column>();
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(COLUMNS.formatted(table))) {
      while (rows.next()) {
        columns.add(new Column(rows.getString(1), rows.getString(2)));
      }
    }
    return columns;
  }

  private List<String> texts(String query) throws SQLException {
    var texts = new ArrayList<String>();
    try (var statement = database.createStatement();
        var rows = statement.executeQuery(query)) {
      while (rows.next()) {
        texts.add(rows.getString(1));
      }
    }
    return texts;
  }

  private void run(String sql) throws SQLException {
    try (var statement = database.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    database.close();
  }
}
