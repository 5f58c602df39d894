package dev.pgrunbook.inspect;

/**
 * The questions that {@link Catalog} asks. They run with {@code pg_catalog} alone in the search
 * path; what newer releases have is read through JSON, so that older ones need no other question.
 */
final class CatalogSql {

  static final String FUNCTIONS =
      """
      SELECT p.oid::int8, n.nspname::text, p.proname::text, p.prokind::text, p.provolatile::text,
             l.lanname::text, e.extname::text, coalesce(p.prosrc, ''),
             EXISTS (SELECT FROM unnest(p.proconfig) AS s(setting)
                     WHERE s.setting NOT LIKE 'search\\_path=%'),
             CASE WHEN p.oid < 16384 THEN ARRAY[]::text[]
                  ELSE array_remove(ARRAY[to_jsonb(p) ->> 'prosqlbody', p.proargdefaults::text],
                                    NULL) END,
             ARRAY(SELECT DISTINCT u.type::int8
                   FROM unnest(p.proargtypes::oid[] || coalesce(p.proallargtypes, '{}')
                               || p.prorettype) AS u(type)
                   WHERE u.type >= 16384 ORDER BY 1),
             ARRAY(SELECT DISTINCT f.part::int8
                   FROM pg_aggregate AS a,
                        unnest(ARRAY[a.aggtransfn::oid, a.aggfinalfn, a.aggcombinefn, a.aggserialfn,
                                     a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn,
                                     a.aggmfinalfn]) AS f(part)
                   WHERE a.aggfnoid = p.oid AND f.part <> 0 ORDER BY 1),
             p.prorettype IN ('trigger'::regtype, 'event_trigger'::regtype)
      FROM pg_proc AS p
      JOIN pg_namespace AS n ON n.oid = p.pronamespace
      JOIN pg_language AS l ON l.oid = p.prolang
      LEFT JOIN pg_depend AS d
          ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
      LEFT JOIN pg_extension AS e ON e.oid = d.refobjid
      WHERE\s""";

  static final String OPERATORS =
      """
      SELECT o.oid::int8, n.nspname::text, o.oprname::text,
             array_remove(ARRAY[o.oprcode::oid::int8, o.oprrest::oid::int8, o.oprjoin::oid::int8],
                          0::int8),
             array_remove(ARRAY[o.oprcom::int8, o.oprnegate::int8], 0::int8),
             ARRAY[o.oprleft::int8, o.oprright::int8],
             EXISTS (SELECT FROM pg_operator AS b WHERE b.oprname = o.oprname AND b.oid < 16384)
      FROM pg_operator AS o
      JOIN pg_namespace AS n ON n.oid = o.oprnamespace
      WHERE o.oid >= 16384 AND\s""";

  static final String RELATIONS =
      """
      SELECT c.oid::int8, n.nspname::text, c.relname::text, c.relkind::text, m.amname::text,
             CASE WHEN c.relkind = 'v'
                  THEN ARRAY(SELECT r.ev_action::text FROM pg_rewrite AS r
                             WHERE r.ev_class = c.oid AND r.ev_type = '1' ORDER BY r.oid)
                  WHEN c.oid < 16384 THEN ARRAY[]::text[]
                  ELSE ARRAY(
                      SELECT x.tree FROM (
                          SELECT i.indexprs::text FROM pg_index AS i WHERE i.indrelid = c.oid
                          UNION ALL
                          SELECT i.indpred::text FROM pg_index AS i WHERE i.indrelid = c.oid
                          UNION ALL
                          SELECT k.conbin::text FROM pg_constraint AS k WHERE k.conrelid = c.oid
                          UNION ALL
                          SELECT to_jsonb(s) ->> 'stxexprs' FROM pg_statistic_ext AS s
                          WHERE s.stxrelid = c.oid
                          UNION ALL
                          SELECT p.partexprs::text FROM pg_partitioned_table AS p
                          WHERE p.partrelid = c.oid
                          UNION ALL
                          SELECT c.relpartbound::text
                          UNION ALL
                          SELECT y.polqual::text FROM pg_policy AS y WHERE y.polrelid = c.oid
                          UNION ALL
                          SELECT f.adbin::text
                          FROM pg_attribute AS a
                          JOIN pg_attrdef AS f ON f.adrelid = a.attrelid AND f.adnum = a.attnum
                          WHERE a.attrelid = c.oid AND to_jsonb(a) ->> 'attgenerated' = 'v'
                      ) AS x(tree)
                      WHERE x.tree IS NOT NULL)
             END,
             ARRAY(SELECT DISTINCT a.atttypid::int8 FROM pg_attribute AS a
                   WHERE a.attrelid = c.oid AND a.attnum > 0 AND a.atttypid >= 16384 ORDER BY 1),
             ARRAY(SELECT h.inhrelid::int8 FROM pg_inherits AS h
                   WHERE h.inhparent = c.oid AND c.relkind IN ('r', 'p', 'f') ORDER BY 1),
             ARRAY(SELECT DISTINCT s.amproc::oid::int8
                   FROM pg_index AS i, unnest(i.indclass::oid[]) AS u(class), pg_opclass AS k,
                        pg_amproc AS s
                   WHERE i.indrelid = c.oid AND u.class >= 16384 AND k.oid = u.class
                     AND s.amprocfamily = k.opcfamily
                   ORDER BY 1)
      FROM pg_class AS c
      JOIN pg_namespace AS n ON n.oid = c.relnamespace
      LEFT JOIN pg_am AS m ON m.oid = c.relam
      WHERE\s""";

  static final String TYPES =
      """
      SELECT t.oid::int8, n.nspname::text, t.typname::text,
             ARRAY(SELECT DISTINCT f.function::int8
                   FROM (
                       SELECT unnest(ARRAY[t.typinput::oid, t.typoutput, t.typreceive, t.typsend,
                                           t.typmodin, t.typmodout])
                       UNION ALL
                       SELECT k.castfunc FROM pg_cast AS k
                       WHERE k.castsource = t.oid OR k.casttarget = t.oid
                       UNION ALL
                       SELECT unnest(ARRAY[r.rngcanonical::oid, r.rngsubdiff]) FROM pg_range AS r
                       WHERE r.rngtypid = t.oid
                       UNION ALL
                       SELECT s.amproc
                       FROM pg_opclass AS o
                       JOIN pg_amproc AS s ON s.amprocfamily = o.opcfamily
                       WHERE o.opcintype = t.oid
                       UNION ALL
                       SELECT q.oprcode
                       FROM pg_opclass AS o
                       JOIN pg_amop AS s ON s.amopfamily = o.opcfamily
                       JOIN pg_operator AS q ON q.oid = s.amopopr
                       WHERE o.opcintype = t.oid
                   ) AS f(function)
                   WHERE f.function >= 16384 ORDER BY 1),
             ARRAY(SELECT k.conbin::text FROM pg_constraint AS k
                   WHERE k.contypid = t.oid AND k.conbin IS NOT NULL ORDER BY k.oid),
             ARRAY(SELECT DISTINCT u.type::int8
                   FROM (
                       SELECT unnest(ARRAY[t.typelem, t.typbasetype])
                       UNION ALL
                       SELECT r.rngsubtype FROM pg_range AS r WHERE r.rngtypid = t.oid
                       UNION ALL
                       SELECT a.atttypid FROM pg_attribute AS a
                       WHERE a.attrelid = t.typrelid AND t.typrelid <> 0 AND a.attnum > 0
                   ) AS u(type)
                   WHERE u.type >= 16384 ORDER BY 1)
      FROM pg_type AS t
      JOIN pg_namespace AS n ON n.oid = t.typnamespace
      WHERE t.oid >= 16384 AND\s""";

  static final String CASTS_OF_OWN_TYPES =
      """
      SELECT k.castfunc::int8 FROM pg_cast AS k
      WHERE k.castfunc >= 16384 AND k.castsource < 16384 AND k.casttarget < 16384
      ORDER BY 1""";

  static final String TYPES_REACHED_IMPLICITLY =
      """
      SELECT DISTINCT k.casttarget::int8 FROM pg_cast AS k
      WHERE k.castcontext = 'i' AND k.castsource < 16384 AND k.casttarget >= 16384
      ORDER BY 1""";

  private CatalogSql() {}
}
