// Makes pglogical replicate recently changed rows once more, through an UPDATE on the publisher that changes nothing.
runbook('pglogical/sync-recent-changes') {
    version '1.0.0'
    title 'Replicate recently changed rows again'
    description '''
        The light alternative to a resynchronisation: every row changed since a point in time is updated on the publisher to
        what it already is, which is enough for pglogical to send it again. Rows that differ on the subscriber are healed.

        Rows that are MISSING on the subscriber stay missing: pglogical skips an update of a row it does not find. Counts are
        compared at the end, and a table that still differs needs pglogical/resync-tables.
        '''
    links([
        [title: 'Conflicts and their resolution (2ndQuadrant/pglogical)', url: 'https://github.com/2ndQuadrant/pglogical#conflicts'],
    ])

    param('since') {
        type 'timestamp'
        required true
        description "The point in time from which rows are replicated again; give an offset, or the session's time " +
            'zone counts'
        example '2026-03-20 00:00:00+00'
    }
    param('tables') {
        type 'table[]'
        defaultValue([])
        description 'Only these tables, quoted as in SQL; none means every table that the subscription receives'
        example(['public."Company"', 'public."SoccerPlayer"'])
    }
    param('updatedAt', type: 'identifier', default: 'updatedAt', description: 'The column that says when a row was changed last')
    param('subscription', type: 'text', default: 'cred_tables', description: 'The pglogical subscription that replicates them')

    target('publisher', description: 'The pglogical provider, where rows are updated: cred-model (CloudSQL)')
    target('subscriber', description: 'Where the rows arrive: cred-model-api-dev')

    // ── Preconditions
    check('publisher-ready') {
        title 'The publisher runs pglogical'
        target 'publisher'
        sql '''
            SELECT 'pglogical is not installed in this database: CREATE EXTENSION pglogical' AS problem
            WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pglogical')
            UNION ALL
            -- Newer minor releases load only the output plugins listed here. Older servers do not know the setting: NULL.
            SELECT format('output_plugin_libraries is %L, so the slots of pglogical fail. Set it to %L and reload',
                          listed, concat_ws(',', nullif(listed, ''), 'pglogical_output'))
            FROM (SELECT current_setting('output_plugin_libraries', true)) AS setting(listed)
            WHERE 'pglogical_output' <> ALL (regexp_split_to_array(listed, '[\\s,]+'))
            '''
        expect 'empty'
        message '${problem}'
    }

    check('subscriber-ready') {
        title 'The subscriber runs pglogical'
        target 'subscriber'
        sql '''
            SELECT 'pglogical is not installed in this database: CREATE EXTENSION pglogical' AS problem
            WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pglogical')
            '''
        expect 'empty'
        message '${problem}'
    }

    check('subscription-enabled') {
        title 'The subscription exists and its workers run'
        target 'subscriber'
        sql '''
            SELECT coalesce(status.status, 'missing') AS status,
                   CASE
                       WHEN status.status IS NULL
                           THEN coalesce('subscriptions here: ' || (SELECT string_agg(sub_name, ', ' ORDER BY sub_name)
                                                                    FROM pglogical.subscription),
                                         'this database has no pglogical subscription')
                       WHEN status.status = 'disabled'
                           THEN format('SELECT pglogical.alter_subscription_enable(%L)', wanted.name)
                       ELSE 'the server''s log says why its worker does not run'
                   END AS advice
            FROM (SELECT :subscription::text) AS wanted(name)
            LEFT JOIN pglogical.show_subscription_status() AS status ON status.subscription_name = wanted.name
            WHERE coalesce(status.status, 'missing') <> 'replicating'
            '''
        expect 'empty'
        message 'Subscription ${subscription} is ${status}: ${advice}'
    }

    query('remember-subscription') {
        title 'What the subscription receives'
        target 'subscriber'
        sql '''
            SELECT s.sub_slot_name::text AS slot, n.node_name::text AS provider, unnest(s.sub_replication_sets) AS set_name
            FROM pglogical.subscription AS s
            JOIN pglogical.node AS n ON n.node_id = s.sub_origin
            WHERE s.sub_name = :subscription
            '''
        save sets
    }

    check('right-publisher') {
        title "The publisher is this subscription's provider"
        target 'publisher'
        sql '''
            SELECT DISTINCT w.slot, w.provider, current_database()::text AS database
            FROM jsonb_to_recordset(:sets) AS w(slot text, provider text)
            WHERE NOT EXISTS (
                SELECT FROM pg_replication_slots AS r WHERE r.slot_name = w.slot AND r.database = current_database())
            '''
        expect 'empty'
        message 'Subscription ${subscription} replicates from node ${provider} through the slot ${slot}, which ' +
            'database ${database} does not have: the target publisher points at another server or database'
    }

    // ── 1. Which tables
    query('remember-tables') {
        title 'The tables that the subscription receives'
        target 'publisher'
        sql '''
            SELECT format('%I.%I', n.nspname, c.relname) AS given, n.nspname::text AS schema, c.relname::text AS name,
                   info.has_row_filter AS filtered,
                   info.att_list::text AS columns,
                   ARRAY(SELECT o.attname::text FROM pg_attribute AS o
                         WHERE o.attrelid = c.oid AND o.attnum > 0 AND NOT o.attisdropped
                           AND o.attname <> ALL (info.att_list))::text AS hidden,
                   CASE
                       WHEN c.relkind <> 'r' THEN 'it is not a plain table'
                       WHEN NOT sets.updates THEN 'its replication sets do not replicate updates'
                       WHEN a.attnum IS NULL THEN format('it has no column %I', :updatedAt)
                       WHEN a.attgenerated <> '' THEN format('its column %I is generated', :updatedAt)
                       WHEN a.atttypid NOT IN ('date'::regtype, 'timestamp'::regtype, 'timestamptz'::regtype)
                           THEN format('its column %I is of type %s', :updatedAt, format_type(a.atttypid, a.atttypmod))
                   END AS skipped
            FROM (SELECT m.set_reloid::oid AS relid, bool_or(s.replicate_update) AS updates
                  FROM jsonb_to_recordset(:sets) AS w(set_name text)
                  JOIN pglogical.replication_set AS s ON s.set_name = w.set_name
                  JOIN pglogical.local_node AS l ON l.node_id = s.set_nodeid
                  JOIN pglogical.replication_set_table AS m ON m.set_id = s.set_id
                  GROUP BY m.set_reloid) AS sets
            JOIN pg_class AS c ON c.oid = sets.relid
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attname = :updatedAt AND a.attnum > 0 AND NOT a.attisdropped,
            LATERAL pglogical.show_repset_table_info(
                c.oid,
                ARRAY(SELECT w.set_name FROM jsonb_to_recordset(:sets) AS w(set_name text))) AS info
            WHERE cardinality(:tables) = 0
               OR c.oid IN (SELECT to_regclass(t.given) FROM unnest(:tables) AS t(given))
            ORDER BY 1
            '''
        save published
    }

    check('tables-usable') {
        title 'Every table that was asked for can be synchronised'
        target 'publisher'
        sql '''
            SELECT t.given,
                   CASE
                       WHEN c.oid IS NULL THEN 'it does not exist on the publisher' || coalesce(', did you mean ' || (
                           SELECT string_agg(format('%I.%I', n.nspname, o.relname), ' or ' ORDER BY n.nspname, o.relname)
                           FROM pg_class AS o
                           JOIN pg_namespace AS n ON n.oid = o.relnamespace
                           WHERE o.relkind IN ('r', 'p')
                             AND lower(translate(t.given, '"', '')) IN (
                                 lower(o.relname), lower(n.nspname || '.' || o.relname))) || '?', '')
                       WHEN c.relkind = 'p' THEN 'it is partitioned, name its partitions instead'
                       ELSE coalesce(p.skipped, format('%s does not receive it', :subscription))
                   END AS reason
            FROM unnest(:tables) AS t(given)
            LEFT JOIN pg_class AS c ON c.oid = to_regclass(t.given)
            LEFT JOIN jsonb_to_recordset(:published) AS p(given text, skipped text)
                ON to_regclass(p.given) = to_regclass(t.given)
            WHERE p.given IS NULL OR p.skipped IS NOT NULL
            ORDER BY t.given
            '''
        expect 'empty'
        message '${given} cannot be synchronised: ${reason}'
    }

    query('skipped-tables') {
        title 'Tables that are skipped'
        target 'publisher'
        note '''
            A table without the column, or with one that is no date or time, must not keep the others from being synchronised.
            If one of these is out of date, use pglogical/resync-tables for it.
            '''
        sql '''
            SELECT p.given AS "table", p.skipped AS because
            FROM jsonb_to_recordset(:published) AS p(given text, skipped text)
            WHERE p.skipped IS NOT NULL
            ORDER BY p.given
            '''
    }

    query('remember-covered') {
        title 'Tables that are synchronised'
        target 'publisher'
        // The window that is compared in the end closes here: rows changed from now on replicate by themselves.
        sql '''
            SELECT p.*, now()::text AS before
            FROM jsonb_to_recordset(:published)
                     AS p(given text, schema text, name text, filtered boolean, columns text, hidden text, skipped text)
            WHERE p.skipped IS NULL
            ORDER BY p.given
            '''
        save covered
    }

    query('remember-unpublished') {
        title 'Columns that only the subscriber has'
        target 'subscriber'
        sql '''
            SELECT x.given,
                   ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                         WHERE a.attrelid = to_regclass(x.given) AND a.attnum > 0 AND NOT a.attisdropped
                           AND a.attname <> ALL (x.columns::text[]))::text AS hidden
            FROM jsonb_to_recordset(:covered) AS x(given text, columns text)
            '''
        save unpublished
    }

    check('tables-on-subscriber') {
        title 'The subscriber has the tables'
        target 'subscriber'
        sql '''
            SELECT x.given
            FROM jsonb_to_recordset(:covered) AS x(given text)
            WHERE to_regclass(x.given) IS NULL
            ORDER BY x.given
            '''
        expect 'empty'
        message '${given} does not exist on the subscriber'
    }

    query('remember-start') {
        title "Where the publisher's log stands before"
        target 'publisher'
        sql 'SELECT pg_current_wal_lsn()::text AS lsn'
        save(startLsn: lsn)
    }

    // ── 2. Update the rows to what they are
    generate('update-rows') {
        title 'Generate, review and execute the updates'
        target 'publisher'
        note '''
            Three stages. The first generates one query for each table, the second runs them and shows the earliest change, the
            number of rows and the UPDATE of each table that has any, the third executes what you approve.

            Each table is one UPDATE and one transaction: the subscriber starts only after its commit, and its locks last as
            long. Batches by key range are for a later version; until then choose `since` close, or a few tables at a time.
            '''
        warning '''
            Review the row counts (cnt) before you approve: large tables take long on the publisher. Look at `triggers`, too:
            they fire for these updates, and one that sets the column to now() makes every one of these rows look changed.
            '''
        sql '''
            SELECT format('SELECT %L AS update_query, %L AS "table", min(%I) AS updated_at, count(*) AS cnt, %L AS triggers '
                          'FROM ONLY %s WHERE %I >= %L::timestamptz HAVING count(*) > 0',
                          format('UPDATE ONLY %s SET %I = %I WHERE %I >= %L::timestamptz',
                                 p.given, :updatedAt, :updatedAt, :updatedAt, :since),
                          p.given, :updatedAt,
                          (SELECT string_agg(g.tgname, ', ' ORDER BY g.tgname)
                           FROM pg_trigger AS g
                           -- Bit 16 of tgtype: fires on UPDATE. Of a session that is not a replica: enabled 'O' or 'A'.
                           WHERE g.tgrelid = to_regclass(p.given) AND NOT g.tgisinternal
                             AND g.tgenabled IN ('O', 'A') AND g.tgtype & 16 <> 0),
                          p.given, :updatedAt, :since) AS query,
                   p.given AS "table"
            FROM jsonb_to_recordset(:covered) AS p(given text)
            ORDER BY p.given
            '''
        stages 2
        review 'required'
        transaction 'each'
        lockTimeout '30s'
        retry(attempts: 5, delay: '5s', on: ['lock_not_available', 'deadlock_detected'])
    }

    // ── 3. Prove that they arrived
    query('remember-end') {
        title "Where the publisher's log stands after"
        target 'publisher'
        sql 'SELECT pg_current_wal_lsn()::text AS lsn'
        save(endLsn: lsn)
    }

    probe('replayed') {
        title 'Follow the replication'
        every '2s'
        timeout '12h'
        sources {
            publisher '''
                SELECT greatest(pg_wal_lsn_diff(r.confirmed_flush_lsn, :startLsn::pg_lsn), 0)::bigint AS done,
                       pg_wal_lsn_diff(:endLsn::pg_lsn, :startLsn::pg_lsn)::bigint AS total,
                       r.active
                FROM pg_replication_slots AS r
                WHERE r.slot_name IN (SELECT w.slot FROM jsonb_to_recordset(:sets) AS w(slot text))
                '''
        }
        progress(done: 'done', total: 'total', unit: 'bytes')
        until 'done >= total'
        stall {
            after '10s'
            steps {
                // What an idle publisher has not sent yet goes out with its next commit.
                sql('nudge') {
                    title 'Wake an idle publisher'
                    target 'publisher'
                    sql "SELECT pg_logical_emit_message(true, 'pgrunbook', 'nudge')"
                }
            }
        }
    }

    probe('compare') {
        title 'Both sides have the same recent rows'
        forEach(recent: covered)
        note 'Compares number and content of the rows changed between `since` and the start of this run.'
        every '5s'
        timeout '3m'
        sources {
            publisher '''
                WITH visible AS (
                    SELECT t.* FROM ONLY :"recent.schema".:"recent.name" AS t WHERE NOT :recent.filtered::boolean
                    UNION ALL
                    SELECT t.* FROM pglogical.table_data_filtered(
                        CAST(NULL AS :"recent.schema".:"recent.name"),
                        :recent.given::text::regclass,
                        ARRAY(SELECT w.set_name FROM jsonb_to_recordset(:sets) AS w(set_name text))) AS t
                    WHERE :recent.filtered::boolean
                )
                SELECT count(*) AS rows,
                       sum(hashtextextended((to_jsonb(v) - :recent.hidden::text::text[])::text, 0))::text AS fingerprint
                FROM visible AS v
                WHERE :"updatedAt" >= :since AND :"updatedAt" < :recent.before::text::timestamptz
                '''
            subscriber '''
                WITH unpublished AS (
                    SELECT p.hidden::text[] AS hidden
                    FROM jsonb_to_recordset(:unpublished) AS p(given text, hidden text)
                    WHERE p.given = :recent.given
                )
                SELECT count(*) AS rows,
                       sum(hashtextextended((to_jsonb(v) - (SELECT hidden FROM unpublished))::text, 0))::text AS fingerprint
                FROM ONLY :"recent.schema".:"recent.name" AS v
                WHERE :"updatedAt" >= :since AND :"updatedAt" < :recent.before::text::timestamptz
                '''
        }
        progress(done: 'subscriber.rows', total: 'publisher.rows', unit: 'rows')
        until 'publisher.rows == subscriber.rows && publisher.fingerprint == subscriber.fingerprint'
        onTimeout {
            query('count-published') {
                title 'Recent rows on the publisher'
                target 'publisher'
                sql '''
                    SELECT :recent.given AS given, count(*) AS rows
                    FROM ONLY :"recent.schema".:"recent.name"
                    WHERE :"updatedAt" >= :since AND :"updatedAt" < :recent.before::text::timestamptz
                    '''
                save publishedRows
            }

            check('must-agree') {
                title 'Both sides disagree'
                target 'subscriber'
                sql '''
                    SELECT count(*) AS rows,
                           (SELECT max(p.rows) FROM jsonb_to_recordset(:publishedRows) AS p(given text, rows bigint)
                            WHERE p.given = :recent.given) AS published_rows
                    FROM ONLY :"recent.schema".:"recent.name"
                    WHERE :"updatedAt" >= :since AND :"updatedAt" < :recent.before::text::timestamptz
                    '''
                expect 'empty'
                message '${recent.given} still differs: ${published_rows} rows since ${since} on the publisher, ' +
                    '${rows} on the subscriber. Rows that are missing there cannot be brought back this ' +
                    'way: run pglogical/resync-tables for this table'
            }
        }
    }
}
