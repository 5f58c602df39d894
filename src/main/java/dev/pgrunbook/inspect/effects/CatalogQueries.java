package dev.pgrunbook.inspect.effects;

/** The queries to the catalog, for PostgreSQL 12 and later. */
final class CatalogQueries {

  private CatalogQueries() {}

  /** One row for each relation of a list that exists: the name asked for, the facts. */
  static final String RELATIONS =
      """
      WITH RECURSIVE asked AS (
        SELECT DISTINCT ON (c.oid, a.name) a.name, c.*, n.nspname, e.exact
        FROM (SELECT ?::bool AS exact) AS e,
          unnest(?::text[]) AS a (name)
          JOIN pg_catalog.pg_class AS c ON c.oid = pg_catalog.to_regclass(a.name)
          JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
      ), tree AS (
        SELECT oid AS root, oid AS member, 0 AS level FROM asked
        UNION
        SELECT tree.root, i.inhrelid, tree.level + 1
        FROM tree
          JOIN pg_catalog.pg_inherits AS i ON i.inhparent = tree.member
          JOIN pg_catalog.pg_class AS c ON c.oid = i.inhrelid AND c.relispartition
      ), source AS (
        SELECT oid AS root, oid AS member FROM asked WHERE relkind = 'v'
        UNION
        SELECT s.root, d.refobjid
        FROM source AS s
          JOIN pg_catalog.pg_class AS v ON v.oid = s.member AND v.relkind = 'v'
          JOIN pg_catalog.pg_rewrite AS w ON w.ev_class = v.oid
          JOIN pg_catalog.pg_depend AS d ON d.objid = w.oid
            AND d.classid = 'pg_catalog.pg_rewrite'::regclass
            AND d.refclassid = 'pg_catalog.pg_class'::regclass
      ), ancestor AS (
        SELECT oid AS leaf, oid AS member FROM asked
        UNION
        SELECT ancestor.leaf, i.inhparent
        FROM ancestor
          JOIN pg_catalog.pg_class AS c ON c.oid = ancestor.member AND c.relispartition
          JOIN pg_catalog.pg_inherits AS i ON i.inhrelid = ancestor.member
      )
      SELECT r.name, pg_catalog.jsonb_build_object(
        'name', pg_catalog.format('%I.%I', r.nspname, r.relname),
        'kind', r.relkind,
        'bytes', (
          SELECT coalesce(sum(CASE
              WHEN c.relkind NOT IN ('r', 'm', 't', 'i', 'S') THEN 0
              WHEN r.exact THEN pg_catalog.pg_total_relation_size(c.oid)
              ELSE c.relpages::bigint * pg_catalog.current_setting('block_size')::bigint
            END), 0)::bigint
          FROM tree AS t JOIN pg_catalog.pg_class AS c ON c.oid = t.member WHERE t.root = r.oid),
        'rows', (
          SELECT CASE WHEN min(c.reltuples) < 0 THEN NULL
            ELSE sum(c.reltuples)::bigint END
          FROM tree AS t JOIN pg_catalog.pg_class AS c ON c.oid = t.member
          WHERE t.root = r.oid AND c.relkind NOT IN ('p', 'I')),
        'indexed', (
          SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
          FROM pg_catalog.pg_index AS i
            JOIN pg_catalog.pg_class AS c ON c.oid = i.indrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
          WHERE i.indexrelid = r.oid),
        'partitions', (SELECT count(*) - 1 FROM tree AS t WHERE t.root = r.oid),
        'defaultPartition', (
          SELECT pg_catalog.format('%I.%I', n.nspname, c.relname)
          FROM pg_catalog.pg_partitioned_table AS p
            JOIN pg_catalog.pg_class AS c ON c.oid = p.partdefid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
          WHERE p.partrelid = r.oid),
        'identity', r.relreplident = 'f' OR r.relkind = 'p' OR EXISTS (
          SELECT FROM pg_catalog.pg_index AS i
          WHERE i.indrelid = r.oid AND (
            r.relreplident = 'd' AND i.indisprimary
            OR r.relreplident = 'i' AND i.indisreplident)),
        'columns', (
          SELECT pg_catalog.jsonb_object_agg(a.attname, pg_catalog.jsonb_build_object(
            'type', CASE WHEN t.typtype = 'd'
              THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
              ELSE pg_catalog.format_type(a.atttypid, a.atttypmod) END,
            'notNull', a.attnotnull))
          FROM pg_catalog.pg_attribute AS a
            JOIN pg_catalog.pg_type AS t ON t.oid = a.atttypid
          WHERE a.attrelid = r.oid AND a.attnum > 0 AND NOT a.attisdropped),
        'foreignKeys', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'name', k.conname,
            'other', pg_catalog.format('%I.%I', n.nspname, c.relname),
            'validated', k.convalidated,
            'cascades', k.confdeltype IN ('c', 'n', 'd'),
            'indexed', true) ORDER BY k.conname)
          FROM pg_catalog.pg_constraint AS k
            JOIN pg_catalog.pg_class AS c ON c.oid = k.confrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
          WHERE k.conrelid = r.oid AND k.contype = 'f'),
        'referencedBy', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'name', k.conname,
            'other', pg_catalog.format('%I.%I', n.nspname, c.relname),
            'validated', k.convalidated,
            'cascades', k.confdeltype IN ('c', 'n', 'd'),
            'indexed', EXISTS (
              SELECT FROM pg_catalog.pg_index AS i
              WHERE i.indrelid = k.conrelid AND i.indisvalid AND i.indpred IS NULL
                AND (i.indkey::int2[])[0:cardinality(k.conkey) - 1] @> k.conkey))
            ORDER BY n.nspname, c.relname, k.conname)
          FROM pg_catalog.pg_constraint AS k
            JOIN pg_catalog.pg_class AS c ON c.oid = k.conrelid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
          WHERE k.confrelid = r.oid AND k.contype = 'f' AND k.conparentid = 0),
        'checks', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'name', k.conname,
            'expression', pg_catalog.pg_get_expr(k.conbin, k.conrelid),
            'validated', k.convalidated,
            'columns', (
              SELECT pg_catalog.jsonb_agg(a.attname) FROM pg_catalog.pg_attribute AS a
              WHERE a.attrelid = k.conrelid AND a.attnum = ANY (k.conkey)))
            ORDER BY k.conname)
          FROM pg_catalog.pg_constraint AS k
          WHERE k.conrelid = r.oid AND k.contype = 'c'),
        'triggers', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'name', t.tgname,
            'function', pg_catalog.format('%I.%I', n.nspname, p.proname),
            'events', (
              SELECT pg_catalog.jsonb_agg(e.verb ORDER BY e.verb)
              FROM (VALUES (4, 'INSERT'), (8, 'DELETE'), (16, 'UPDATE'), (32, 'TRUNCATE'))
                AS e (bit, verb)
              WHERE t.tgtype & e.bit <> 0),
            'eachRow', t.tgtype & 1 <> 0) ORDER BY t.tgname)
          FROM pg_catalog.pg_trigger AS t
            JOIN pg_catalog.pg_proc AS p ON p.oid = t.tgfoid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
          WHERE t.tgrelid = r.oid AND NOT t.tgisinternal AND t.tgenabled IN ('O', 'A')),
        'publishers', (
          SELECT pg_catalog.jsonb_agg(DISTINCT pg_catalog.jsonb_build_object(
            'what', 'publication ' || pg_catalog.quote_ident(p.pubname),
            'events', (
              SELECT pg_catalog.jsonb_agg(e.verb)
              FROM (VALUES (p.pubinsert, 'INSERT'), (p.pubupdate, 'UPDATE'),
                (p.pubdelete, 'DELETE'), (p.pubtruncate, 'TRUNCATE')) AS e (sent, verb)
              WHERE e.sent)))
          FROM pg_catalog.pg_publication AS p
            JOIN pg_catalog.pg_publication_tables AS pt ON pt.pubname = p.pubname
            JOIN pg_catalog.pg_namespace AS n ON n.nspname = pt.schemaname
            JOIN pg_catalog.pg_class AS c ON c.relnamespace = n.oid AND c.relname = pt.tablename
          WHERE c.oid IN (SELECT member FROM ancestor WHERE leaf = r.oid
            UNION SELECT member FROM tree WHERE root = r.oid)),
        'subscribers', (
          SELECT pg_catalog.jsonb_agg('subscription ' || pg_catalog.quote_ident(s.subname)
            ORDER BY s.subname)
          FROM pg_catalog.pg_subscription_rel AS sr
            JOIN pg_catalog.pg_subscription AS s ON s.oid = sr.srsubid
          WHERE sr.srrelid = r.oid),
        'sources', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.format('%I.%I', n.nspname, c.relname)
            ORDER BY n.nspname, c.relname)
          FROM source AS s
            JOIN pg_catalog.pg_class AS c ON c.oid = s.member AND c.oid <> r.oid
            JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
          WHERE s.root = r.oid),
        'views', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'name', v.name, 'columns', v.columns) ORDER BY v.name)
          FROM (
            SELECT pg_catalog.format('%I.%I', n.nspname, c.relname) AS name,
              pg_catalog.jsonb_agg(DISTINCT a.attname) AS columns
            FROM pg_catalog.pg_depend AS d
              JOIN pg_catalog.pg_rewrite AS w ON w.oid = d.objid
              JOIN pg_catalog.pg_class AS c ON c.oid = w.ev_class AND c.oid <> r.oid
              JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace
              LEFT JOIN pg_catalog.pg_attribute AS a
                ON a.attrelid = d.refobjid AND a.attnum = d.refobjsubid AND a.attnum > 0
            WHERE d.classid = 'pg_catalog.pg_rewrite'::regclass
              AND d.refclassid = 'pg_catalog.pg_class'::regclass AND d.refobjid = r.oid
            GROUP BY n.nspname, c.relname) AS v)
      )
      FROM asked AS r
      ORDER BY r.name""";

  /** The server's version, whether its session is in UTC, whether pglogical can be asked. */
  static final String SERVER =
      """
      SELECT pg_catalog.current_setting('server_version_num'),
        pg_catalog.current_setting('TimeZone') IN ('UTC', 'Etc/UTC', 'GMT', 'Etc/GMT'),
        CASE WHEN EXISTS (SELECT FROM pg_catalog.pg_extension WHERE extname = 'pglogical')
          AND pg_catalog.to_regclass('pglogical.replication_set_table') IS NOT NULL
          THEN pg_catalog.has_schema_privilege('pglogical', 'USAGE')
            AND pg_catalog.has_table_privilege('pglogical.replication_set_table', 'SELECT')
            AND pg_catalog.has_table_privilege('pglogical.replication_set', 'SELECT')
            AND pg_catalog.has_table_privilege('pglogical.local_sync_status', 'SELECT')
            AND pg_catalog.has_table_privilege('pglogical.subscription', 'SELECT')
          ELSE false END""";

  /** Whether a function of a name, and of a schema where one is given, is volatile; or null. */
  static final String VOLATILE =
      """
      SELECT bool_or(p.provolatile = 'v')
      FROM pg_catalog.pg_proc AS p
        JOIN pg_catalog.pg_namespace AS n ON n.oid = p.pronamespace
      WHERE p.proname = ?::text
        AND (n.nspname = ?::text OR ?::text = '' AND pg_catalog.pg_function_is_visible(p.oid))""";

  /** A type: its base type with its modifier, whether it is constrained, what it stores as is. */
  static final String TYPE =
      """
      SELECT CASE WHEN t.typtype = 'd'
          THEN pg_catalog.format_type(t.typbasetype, t.typtypmod)
          ELSE pg_catalog.format_type(t.oid, NULL) END,
        t.typtype = 'd' AND (t.typnotnull OR EXISTS (
          SELECT FROM pg_catalog.pg_constraint AS k WHERE k.contypid = t.oid)),
        ARRAY (
          SELECT pg_catalog.format_type(c.castsource, NULL) FROM pg_catalog.pg_cast AS c
          WHERE c.casttarget = CASE WHEN t.typtype = 'd' THEN t.typbasetype ELSE t.oid END
            AND c.castmethod = 'b')::text[]
      FROM pg_catalog.pg_type AS t
      WHERE t.oid = pg_catalog.to_regtype(?::text)""";

  /** pglogical's replication sets and subscriptions of a list of relations. */
  static final String PGLOGICAL =
      """
      SELECT a.name, pg_catalog.jsonb_build_object(
        'publishers', (
          SELECT pg_catalog.jsonb_agg(pg_catalog.jsonb_build_object(
            'what', 'pglogical set ' || s.set_name,
            'events', (
              SELECT pg_catalog.jsonb_agg(e.verb)
              FROM (VALUES (s.replicate_insert, 'INSERT'), (s.replicate_update, 'UPDATE'),
                (s.replicate_delete, 'DELETE'), (s.replicate_truncate, 'TRUNCATE'))
                AS e (sent, verb)
              WHERE e.sent)) ORDER BY s.set_name)
          FROM pglogical.replication_set_table AS t
            JOIN pglogical.replication_set AS s ON s.set_id = t.set_id
          WHERE t.set_reloid = c.oid),
        'subscribers', (
          SELECT pg_catalog.jsonb_agg(
            'pglogical subscription ' || s.sub_name ORDER BY s.sub_name)
          FROM pglogical.local_sync_status AS l
            JOIN pglogical.subscription AS s ON s.sub_id = l.sync_subid
          WHERE l.sync_nspname = n.nspname AND l.sync_relname = c.relname))
      FROM unnest(?::text[]) AS a (name)
        JOIN pg_catalog.pg_class AS c ON c.oid = pg_catalog.to_regclass(a.name)
        JOIN pg_catalog.pg_namespace AS n ON n.oid = c.relnamespace""";
}
