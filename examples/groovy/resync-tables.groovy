// Truncates tables on a pglogical subscriber and copies them afresh, without losing an index on the way.
//
// Every check is written so that each row it returns is one problem, and its message says what to do about it.
runbook('pglogical/resync-tables') {
    version '1.0.0'
    title 'Resynchronise tables through pglogical'
    description '''
        Reloads tables that are out of sync: drops their secondary indexes on the subscriber, has pglogical truncate and
        copy them from the publisher, watches the copy, brings the indexes back and proves that both sides agree.

        Nothing is dropped before every precondition holds. The definition of every index is in the journal before the
        first DROP, and indexes come back whatever happens: also when the run fails or is given up.

        See also Database Backup Restoration (point-in-time recovery via CloudSQL Clone), Connect to Cloud SQL (how to connect
        to CloudSQL instances) and Data Architecture (database structure and data management).
        '''
    links([
        [title: 'Tables stay in catch-up on an idle provider (2ndQuadrant/pglogical#337)', url: 'https://github.com/2ndQuadrant/pglogical/issues/337'],
        [title: 'The fix for it, after pglogical 2.4.5 (2ndQuadrant/pglogical#508)', url: 'https://github.com/2ndQuadrant/pglogical/pull/508'],
        [title: 'A failed copy reported as synchronised (2ndQuadrant/pglogical#204)', url: 'https://github.com/2ndQuadrant/pglogical/issues/204'],
    ])

    param('tables') {
        type 'table[]'
        required true
        description 'Tables to resynchronise, with their schema, quoted as in SQL'
        example(['public."Person"', 'public."CompanyIdentifier"'])
    }
    param('subscription', type: 'text', default: 'cred_tables', description: 'The pglogical subscription that replicates them')
    param('recreate') {
        type 'text'
        choices(['wait', 'rebuild'])
        defaultValue 'rebuild'
        description 'How the indexes come back: wait for the scheduled schema sync, or rebuild them here from the ' +
            'kept definitions\n'
    }
    param('compare') {
        type 'text'
        choices(['rows', 'content'])
        defaultValue 'rows'
        description '''
            What both sides must agree on in the end: the number of rows, or also a fingerprint of every published column.
            Either reads each table in full on both sides
            '''
    }
    param('tolerance') {
        type 'integer'
        defaultValue 0
        min 0
        description '''
            By how many rows the two counts may differ. For tables that are written to without a pause, whose counts are never
            taken at the same moment; 0 for all others
            '''
    }

    target('publisher', description: 'The pglogical provider: cred-model (CloudSQL)')
    target('subscriber', description: 'Where the tables are reloaded: cred-model-api-dev')

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
            UNION ALL
            SELECT format('PostgreSQL 14 or newer is needed to follow a COPY; this is %s', current_setting('server_version'))
            WHERE current_setting('server_version_num')::int < 140000
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
            WHERE coalesce(status.status, 'missing') NOT IN ('replicating', 'initializing')
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

    check('tables-exist') {
        title 'The tables exist on the subscriber'
        target 'subscriber'
        sql '''
            SELECT t.given,
                   coalesce(', did you mean '
                                || string_agg(format('%I.%I', n.nspname, c.relname), ' or ' ORDER BY n.nspname, c.relname)
                                       FILTER (WHERE c.oid IS NOT NULL)
                                || '?', '') AS hint
            FROM unnest(:tables) AS t(given)
            LEFT JOIN (pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace)
                ON c.relkind IN ('r', 'p')
               AND lower(translate(t.given, '"', '')) IN (lower(c.relname), lower(n.nspname || '.' || c.relname))
            WHERE to_regclass(t.given) IS NULL
            GROUP BY t.given
            ORDER BY t.given
            '''
        expect 'empty'
        message '${given} does not exist on the subscriber${hint}'
    }

    query('remember-tables') {
        title 'The tables to be reloaded'
        target 'subscriber'
        // The file of a table changes with every TRUNCATE: later it proves that one was committed.
        sql '''
            SELECT t.given, n.nspname::text AS schema, c.relname::text AS name,
                   nullif(greatest(c.reltuples, 0), 0)::bigint AS estimated_rows,
                   pg_size_pretty(pg_total_relation_size(c.oid)) AS size,
                   pg_relation_filenode(c.oid)::bigint AS filenode
            FROM unnest(:tables) WITH ORDINALITY AS t(given, position)
            JOIN pg_class AS c ON c.oid = to_regclass(t.given)
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            ORDER BY t.position
            '''
        save chosen
    }

    check('tables-published') {
        title 'The publisher has the tables, under the same names'
        target 'publisher'
        sql '''
            SELECT x.given, format('%I.%I', x.schema, x.name) AS qualified
            FROM jsonb_to_recordset(:chosen) AS x(given text, schema text, name text)
            -- Without a schema the two servers' search paths may name two different tables.
            WHERE to_regclass(x.given) IS DISTINCT FROM to_regclass(format('%I.%I', x.schema, x.name))
               OR to_regclass(x.given) IS NULL
            '''
        expect 'empty'
        message '${given} is ${qualified} on the subscriber, which the publisher does not have or does not find ' +
            'as ${given}'
    }

    check('plain-tables') {
        title 'No table is partitioned on the publisher'
        target 'publisher'
        note 'pglogical accepts a partitioned table into a replication set, but its COPY fails and is ' +
            'retried for ever.'
        sql '''
            SELECT t.given,
                   CASE c.relkind
                       WHEN 'p' THEN 'partitioned'
                       WHEN 'v' THEN 'a view'
                       WHEN 'f' THEN 'a foreign table'
                       ELSE 'not a table'
                   END AS what,
                   CASE WHEN c.relkind = 'p' THEN
                       coalesce(': name its partitions instead, ' || (
                           SELECT string_agg(format('%I.%I', n.nspname, p.relname), ' ' ORDER BY n.nspname, p.relname)
                           FROM pg_partition_tree(c.oid) AS leaf
                           JOIN pg_class AS p ON p.oid = leaf.relid
                           JOIN pg_namespace AS n ON n.oid = p.relnamespace
                           WHERE leaf.isleaf AND p.relkind = 'r'), '')
                   END AS advice
            FROM unnest(:tables) AS t(given)
            JOIN pg_class AS c ON c.oid = to_regclass(t.given)
            WHERE c.relkind <> 'r'
            ORDER BY t.given
            '''
        expect 'empty'
        message '${given} is ${what} on the publisher, and pglogical cannot copy it${advice}'
    }

    check('plain-tables-on-subscriber') {
        title 'No table is partitioned on the subscriber'
        target 'subscriber'
        sql '''
            SELECT t.given,
                   CASE c.relkind
                       WHEN 'p' THEN 'partitioned'
                       WHEN 'v' THEN 'a view'
                       WHEN 'f' THEN 'a foreign table'
                       ELSE 'not a table'
                   END AS what,
                   CASE WHEN c.relkind = 'p' THEN
                       coalesce(': name its partitions instead, ' || (
                           SELECT string_agg(format('%I.%I', n.nspname, p.relname), ' ' ORDER BY n.nspname, p.relname)
                           FROM pg_partition_tree(c.oid) AS leaf
                           JOIN pg_class AS p ON p.oid = leaf.relid
                           JOIN pg_namespace AS n ON n.oid = p.relnamespace
                           WHERE leaf.isleaf AND p.relkind = 'r'), '')
                   END AS advice
            FROM unnest(:tables) AS t(given)
            JOIN pg_class AS c ON c.oid = to_regclass(t.given)
            WHERE c.relkind <> 'r'
            ORDER BY t.given
            '''
        expect 'empty'
        message '${given} is ${what} on the subscriber, and pglogical cannot copy into it${advice}'
    }

    check('in-replication-set') {
        title 'The subscription receives the tables'
        target 'publisher'
        sql '''
            SELECT x.given, (SELECT string_agg(set_name, ', ') FROM jsonb_to_recordset(:sets) AS w(set_name text)) AS sets
            FROM jsonb_to_recordset(:chosen) AS x(given text)
            WHERE NOT EXISTS (
                SELECT FROM jsonb_to_recordset(:sets) AS w(set_name text)
                JOIN pglogical.replication_set AS s ON s.set_name = w.set_name
                JOIN pglogical.local_node AS l ON l.node_id = s.set_nodeid
                JOIN pglogical.replication_set_table AS m ON m.set_id = s.set_id
                WHERE m.set_reloid = to_regclass(x.given))
            '''
        expect 'empty'
        message '${given} is in none of the replication sets that ${subscription} receives (${sets}): add it on ' +
            'the publisher with pglogical.replication_set_add_table'
    }

    check('replica-identity') {
        title 'Updates of the tables can be replicated'
        target 'publisher'
        sql '''
            SELECT x.given
            FROM jsonb_to_recordset(:chosen) AS x(given text)
            JOIN pg_class AS c ON c.oid = to_regclass(x.given)
            WHERE c.relreplident <> 'f'
              AND NOT EXISTS (
                  SELECT FROM pg_index AS i
                  WHERE i.indrelid = c.oid
                    AND CASE c.relreplident WHEN 'd' THEN i.indisprimary WHEN 'i' THEN i.indisreplident END)
              AND EXISTS (
                  SELECT FROM jsonb_to_recordset(:sets) AS w(set_name text)
                  JOIN pglogical.replication_set AS s ON s.set_name = w.set_name
                  JOIN pglogical.replication_set_table AS m ON m.set_id = s.set_id
                  WHERE m.set_reloid = c.oid AND (s.replicate_update OR s.replicate_delete))
            '''
        expect 'empty'
        message '${given} has neither a primary key nor a replica identity on the publisher: its updates and ' +
            'deletes cannot be replicated, and it would drift apart again'
    }

    check('no-foreign-keys') {
        title 'No foreign key of another table points at the tables'
        target 'subscriber'
        sql '''
            SELECT k.conname::text AS conname,
                   k.conrelid::regclass::text AS referencing,
                   k.confrelid::regclass::text AS referenced
            FROM pg_constraint AS k
            WHERE k.contype = 'f'
              AND k.confrelid = ANY (:tables::regclass[])
              AND k.conrelid <> k.confrelid
            ORDER BY 3, 2, 1
            '''
        expect 'empty'
        message 'TRUNCATE would fail: ${referencing} references ${referenced} (constraint ${conname}). Nothing ' +
            'was changed. Decide yourself what becomes of that constraint on the subscriber, then run again'
    }

    query('remember-published') {
        title 'What is published of each table'
        target 'publisher'
        note 'Column lists and row filters of the replication sets decide what the two sides can agree on.'
        sql '''
            SELECT x.given, info.has_row_filter AS filtered, info.att_list::text AS columns,
                   ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                         WHERE a.attrelid = info.relid AND a.attnum > 0 AND NOT a.attisdropped
                           AND a.attname <> ALL (info.att_list))::text AS hidden
            FROM jsonb_to_recordset(:chosen) AS x(given text),
                 pglogical.show_repset_table_info(
                     to_regclass(x.given),
                     ARRAY(SELECT w.set_name FROM jsonb_to_recordset(:sets) AS w(set_name text))) AS info
            '''
        save published
    }

    query('remember-unpublished') {
        title 'Columns that only the subscriber has'
        target 'subscriber'
        sql '''
            SELECT x.given,
                   ARRAY(SELECT a.attname::text FROM pg_attribute AS a
                         WHERE a.attrelid = to_regclass(x.given) AND a.attnum > 0 AND NOT a.attisdropped
                           AND a.attname <> ALL (x.columns::text[]))::text AS hidden
            FROM jsonb_to_recordset(:published) AS x(given text, columns text)
            '''
        save unpublished
    }

    query('remember-publisher-unique') {
        title 'Unique indexes of the publisher'
        target 'publisher'
        sql '''
            SELECT t.given, i.indexrelid::regclass::text AS index,
                   (SELECT string_agg(pg_get_indexdef(i.indexrelid, key, true), E'\\n')
                    FROM generate_series(1, i.indnkeyatts) AS key) AS keys,
                   pg_get_expr(i.indpred, i.indrelid) AS predicate
            FROM unnest(:tables) AS t(given)
            JOIN pg_index AS i ON i.indrelid = to_regclass(t.given)
            WHERE i.indisunique
            ORDER BY 1, 2
            '''
        save publisherUnique
    }

    query('remember-subscriber-unique') {
        title 'Unique indexes of the subscriber'
        target 'subscriber'
        sql '''
            SELECT t.given, i.indexrelid::regclass::text AS index,
                   (SELECT string_agg(pg_get_indexdef(i.indexrelid, key, true), E'\\n')
                    FROM generate_series(1, i.indnkeyatts) AS key) AS keys,
                   pg_get_expr(i.indpred, i.indrelid) AS predicate
            FROM unnest(:tables) AS t(given)
            JOIN pg_index AS i ON i.indrelid = to_regclass(t.given)
            WHERE i.indisunique
            ORDER BY 1, 2
            '''
        save subscriberUnique
    }

    query('remember-extra-unique') {
        title 'Unique indexes that only the subscriber has'
        target 'subscriber'
        sql '''
            SELECT s.given, s.index, replace(s.keys, E'\\n', ', ') AS keys, s.predicate
            FROM jsonb_to_recordset(:subscriberUnique) AS s(given text, index text, keys text, predicate text)
            WHERE NOT EXISTS (
                SELECT FROM jsonb_to_recordset(:publisherUnique) AS p(given text, keys text, predicate text)
                WHERE p.given = s.given
                  AND string_to_array(p.keys, E'\\n') <@ string_to_array(s.keys, E'\\n')
                  AND (p.predicate IS NULL OR p.predicate = s.predicate))
            ORDER BY 1, 2
            '''
        save extraUnique
    }

    gate('accept-extra-unique') {
        title 'The subscriber is stricter than the publisher'
        when 'size(extraUnique) > 0'
        warning '''
            If the publisher's rows violate a unique constraint that only the subscriber has, the COPY fails inside the
            worker: pglogical reports the table as ready, and it is empty. This run would notice and fail, but the rows that
            are there now would be gone. A violated unique index, not a constraint, is noticed when it is rebuilt.
            '''
        text 'The subscriber has ${size(extraUnique)} unique index(es) that the publisher lacks. ' +
            'Resynchronise all the same?'
    }

    // ── 1. Drop the secondary indexes
    query('remember-indexes') {
        title 'Keep the definition of every index'
        target 'subscriber'
        note '''
            The result is journaled before the first DROP. `kept` says why an index stays: either something needs it, or
            pg_get_indexdef would not give all of it back.
            '''
        sql '''
            SELECT t.given, n.nspname::text AS schema, x.relname::text AS name,
                   pg_size_pretty(pg_relation_size(x.oid)) AS size,
                   pg_get_indexdef(x.oid) AS definition,
                   CASE
                       WHEN EXISTS (SELECT FROM pg_constraint AS k WHERE k.conindid = x.oid) THEN 'a constraint needs it'
                       WHEN i.indisprimary THEN 'is the primary key'
                       WHEN i.indisreplident THEN 'is the replica identity'
                       WHEN x.relispartition THEN 'is part of a partitioned index'
                       WHEN EXISTS (
                           SELECT FROM pg_depend AS d WHERE d.refclassid = 'pg_class'::regclass AND d.refobjid = x.oid)
                           THEN 'something depends on it'
                       WHEN NOT i.indisvalid THEN 'is invalid'
                       WHEN i.indisclustered THEN 'is marked for CLUSTER'
                       WHEN x.reltablespace <> 0 THEN 'has a tablespace of its own'
                       WHEN obj_description(x.oid, 'pg_class') IS NOT NULL THEN 'has a comment'
                       WHEN EXISTS (SELECT FROM pg_attribute AS a WHERE a.attrelid = x.oid AND a.attstattarget >= 0)
                           THEN 'has statistics targets'
                       WHEN EXISTS (
                           SELECT FROM pglogical.local_sync_status AS s
                           WHERE s.sync_nspname = n.nspname AND s.sync_relname = c.relname AND s.sync_status NOT IN ('y', 'r'))
                           THEN 'the table is being copied already'
                   END AS kept
            FROM unnest(:tables) AS t(given)
            JOIN pg_class AS c ON c.oid = to_regclass(t.given)
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            JOIN pg_index AS i ON i.indrelid = c.oid
            JOIN pg_class AS x ON x.oid = i.indexrelid
            ORDER BY n.nspname, c.relname, x.relname
            '''
        save indexes
    }

    generate('drop-indexes') {
        title 'Drop the secondary indexes'
        target 'subscriber'
        description 'A COPY into a table without secondary indexes, and their rebuild, take half the time of a COPY ' +
            'with them.'
        warning 'Only indexes that no constraint and no replica identity needs are listed. Review them before ' +
            'you approve.'
        sql '''
            SELECT format('DROP INDEX IF EXISTS %I.%I', i.schema, i.name) AS statement, i.given AS "table", i.size, i.definition
            FROM jsonb_to_recordset(:indexes)
                     AS i(given text, schema text, name text, size text, definition text, kept text)
            -- Only what is still what was remembered.
            WHERE i.kept IS NULL AND pg_get_indexdef(to_regclass(format('%I.%I', i.schema, i.name))) = i.definition
            ORDER BY 1
            '''
        review 'required'
        transaction 'single'
        lockTimeout '5s'
        retry(attempts: 10, delay: '3s', on: ['lock_not_available', 'deadlock_detected'])
    }

    // ── 2. Trigger the resynchronisation
    sql('resync') {
        title 'Truncate and copy'
        target 'subscriber'
        forEach(table: tables)
        warning 'Truncates the table on the subscriber. Its readers see it empty until the copy is committed.'
        confirm '${table} on the subscriber will be truncated and copied again from the publisher.'
        // Called twice it fails with "already being synchronized": a table that is under way is only watched.
        unless '''
            SELECT EXISTS (
                SELECT FROM pglogical.local_sync_status AS s
                JOIN pglogical.subscription AS u ON u.sub_id = s.sync_subid AND u.sub_name = :subscription
                JOIN pg_class AS c ON c.oid = to_regclass(:table) AND c.relname = s.sync_relname
                JOIN pg_namespace AS n ON n.oid = c.relnamespace AND n.nspname = s.sync_nspname
                WHERE s.sync_status NOT IN ('y', 'r'))
            '''
        sql '''
            SELECT pglogical.alter_subscription_resynchronize_table(
                subscription_name := :subscription,
                relation := :table::regclass)
            '''
        lockTimeout '5s'
        retry(attempts: 20, delay: '3s', on: ['lock_not_available', 'deadlock_detected'])
        // Another file than before: the TRUNCATE was committed, and with it the order to copy.
        verify '''
            SELECT pg_relation_filenode(to_regclass(:table)) <> x.filenode
            FROM jsonb_to_recordset(:chosen) AS x(given text, filenode bigint)
            WHERE x.given = :table
            '''
    }

    probe('watch') {
        title 'Follow the copy'
        forEach(table: tables)
        note '''
            i init, s structure, d data, c constraints, w waiting, u catch-up, y done, r ready. The subscription's own status
            says "replicating" all the time, and reltuples is -1 until the next ANALYZE: neither shows a copy.
            '''
        tip '''
            On a publisher without commits a table stays in catch-up for ever (pglogical#337). When nothing moves for 10
            seconds, this step writes one logical message on the publisher, which is enough and changes no data.
            '''
        every '2s'
        timeout '24h'
        sources {
            publisher '''
                -- Never analysed (-1, before PostgreSQL 14: 0) means unknown, not empty.
                SELECT nullif(greatest(reltuples, 0), 0)::bigint AS total FROM pg_class WHERE oid = to_regclass(:table)
                '''
            subscriber '''
                SELECT s.sync_status::text AS status,
                       p.tuples_processed AS done,
                       pg_size_pretty(p.bytes_processed) AS copied,
                       (SELECT w.status FROM pglogical.show_subscription_status() AS w WHERE w.subscription_name = u.sub_name)
                           AS workers
                FROM pg_class AS c
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
                JOIN pglogical.subscription AS u ON u.sub_name = :subscription
                JOIN pglogical.local_sync_status AS s
                    ON s.sync_subid = u.sub_id AND s.sync_nspname = n.nspname AND s.sync_relname = c.relname
                LEFT JOIN pg_stat_progress_copy AS p ON p.relid = c.oid AND p.datname = current_database()
                WHERE c.oid = to_regclass(:table)
                '''
        }
        progress(done: 'done', total: 'total', unit: 'rows')
        until "status == 'r'"
        fail "workers == 'disabled'"
        stall {
            after '10s'
            steps {
                sql('nudge') {
                    title 'Wake an idle publisher'
                    target 'publisher'
                    sql "SELECT pg_logical_emit_message(true, 'pgrunbook', 'nudge')"
                }
            }
        }
    }

    query('remember-non-empty') {
        title 'Tables with rows on the publisher'
        target 'publisher'
        forEach(table: tables)
        sql 'SELECT :table AS given, EXISTS (SELECT FROM ONLY :"table") AS has_rows'
        save nonEmpty
    }

    check('not-empty') {
        title 'The copy brought rows'
        target 'subscriber'
        forEach(table: tables)
        sql '''
            SELECT (SELECT coalesce(string_agg(format('%s (%s)', e.index, e.keys), ', '), 'nothing')
                    FROM jsonb_to_recordset(:extraUnique) AS e(given text, index text, keys text)
                    WHERE e.given = :table) AS suspects
            WHERE NOT EXISTS (SELECT FROM ONLY :"table")
              AND EXISTS (
                  SELECT FROM jsonb_to_recordset(:nonEmpty) AS p(given text, has_rows boolean)
                  WHERE p.given = :table AND p.has_rows)
              -- A row filter may leave nothing to copy.
              AND NOT EXISTS (
                  SELECT FROM jsonb_to_recordset(:published) AS f(given text, filtered boolean)
                  WHERE f.given = :table AND f.filtered)
            '''
        expect 'empty'
        message '${table} is EMPTY on the subscriber, although pglogical says it is ready: the COPY failed ' +
            "inside the worker, most likely with a unique violation. The subscriber's log names the row. " +
            'Unique only on the subscriber: ${suspects}'
    }

    // ── 3. Bring the indexes back
    probe('await-schema-sync') {
        title 'Wait for the scheduled schema sync to recreate the indexes'
        when "recreate == 'wait'"
        note 'The schedule runs cred-postgres/scripts/schedule-schema-sync.sh; no action is needed unless it ' +
            'is late.'
        every '15s'
        timeout '2h'
        sources {
            subscriber '''
                SELECT count(*) AS total,
                       count(to_regclass(format('%I.%I', i.schema, i.name))) AS done
                FROM jsonb_to_recordset(:indexes) AS i(schema text, name text, kept text)
                WHERE i.kept IS NULL
                '''
        }
        progress(done: 'done', total: 'total', unit: 'indexes')
        until 'done == total'
        onTimeout {
            gate('offer-rebuild') {
                title 'The schema sync is late'
                text 'Two hours went by and indexes are still missing. Rebuild them now from the kept definitions?'
            }
        }
    }

    generate('rebuild-indexes') {
        title 'Rebuild the indexes that are missing'
        target 'subscriber'
        note '''
            CREATE INDEX lets readers go on and holds the subscription's writes to the table up until it is done. An index
            whose name is there already is left alone, and compared in the next step.
            '''
        sql '''
            SELECT i.definition AS statement, i.given AS "table", i.size AS size_before
            FROM jsonb_to_recordset(:indexes)
                     AS i(given text, schema text, name text, size text, definition text, kept text)
            WHERE i.kept IS NULL AND to_regclass(format('%I.%I', i.schema, i.name)) IS NULL
            -- Unique indexes last: one that is violated keeps none of the others from coming back.
            ORDER BY starts_with(i.definition, 'CREATE UNIQUE '), i.schema, i.name
            '''
        review 'whenDestructive'
        transaction 'each'
        lockTimeout '10s'
        retry(attempts: 30, delay: '10s', on: ['lock_not_available', 'deadlock_detected'])
    }

    check('indexes-as-before') {
        title 'Every index is what it was'
        target 'subscriber'
        sql '''
            SELECT format('%I.%I', i.schema, i.name) AS index,
                   CASE
                       WHEN x.indexrelid IS NULL THEN 'is missing'
                       WHEN NOT x.indisvalid THEN 'is invalid'
                       ELSE 'is now ' || pg_get_indexdef(x.indexrelid)
                   END AS problem,
                   i.definition
            FROM jsonb_to_recordset(:indexes) AS i(schema text, name text, definition text, kept text)
            LEFT JOIN pg_index AS x ON x.indexrelid = to_regclass(format('%I.%I', i.schema, i.name))
            WHERE i.kept IS NULL
              AND (x.indexrelid IS NULL OR NOT x.indisvalid OR pg_get_indexdef(x.indexrelid) <> i.definition)
            ORDER BY 1
            '''
        expect 'empty'
        message 'Index ${index} ${problem}; it was: ${definition}'
    }

    // ── 4. Prove that both sides agree
    probe('compare') {
        title 'Both sides have the same rows'
        forEach(table: tables)
        note '''
            "Ready" proves nothing: a copy that failed is reported as ready, too. Rows that are still on their way are waited
            for. A table that is written to without a pause may need a tolerance: its counts are never taken at one moment.
            '''
        every '5s'
        timeout '5m'
        sources {
            publisher '''
                WITH published AS (
                    SELECT p.filtered, p.hidden::text[] AS hidden
                    FROM jsonb_to_recordset(:published) AS p(given text, filtered boolean, hidden text)
                    WHERE p.given = :table
                ), visible AS (
                    SELECT t FROM ONLY :"table" AS t WHERE NOT (SELECT filtered FROM published)
                    UNION ALL
                    SELECT t FROM pglogical.table_data_filtered(
                        CAST(NULL AS :"table"),
                        :table::regclass,
                        ARRAY(SELECT w.set_name FROM jsonb_to_recordset(:sets) AS w(set_name text))) AS t
                    WHERE (SELECT filtered FROM published)
                )
                SELECT count(*) AS rows,
                       sum(CASE WHEN :compare = 'content'
                                THEN hashtextextended((to_jsonb(t) - (SELECT hidden FROM published))::text, 0) END)::text
                           AS fingerprint
                FROM visible
                '''
            subscriber '''
                WITH unpublished AS (
                    SELECT p.hidden::text[] AS hidden
                    FROM jsonb_to_recordset(:unpublished) AS p(given text, hidden text)
                    WHERE p.given = :table
                )
                SELECT count(*) AS rows,
                       sum(CASE WHEN :compare = 'content'
                                THEN hashtextextended((to_jsonb(t) - (SELECT hidden FROM unpublished))::text, 0) END)::text
                           AS fingerprint
                FROM ONLY :"table" AS t
                '''
        }
        progress(done: 'subscriber.rows', total: 'publisher.rows', unit: 'rows')
        until 'publisher.rows - subscriber.rows <= tolerance && subscriber.rows - publisher.rows <= tolerance ' +
            '&& publisher.fingerprint == subscriber.fingerprint'
        onTimeout {
            query('count-published') {
                title 'Rows on the publisher'
                target 'publisher'
                sql 'SELECT :table AS given, count(*) AS rows FROM ONLY :"table"'
                save publishedRows
            }

            check('must-agree') {
                title 'Both sides disagree'
                target 'subscriber'
                sql '''
                    SELECT count(*) AS rows,
                           (SELECT max(p.rows) FROM jsonb_to_recordset(:publishedRows) AS p(given text, rows bigint)
                            WHERE p.given = :table) AS published_rows,
                           (SELECT coalesce(string_agg(format('%s (%s)', e.index, e.keys), ', '), 'nothing')
                            FROM jsonb_to_recordset(:extraUnique) AS e(given text, index text, keys text)
                            WHERE e.given = :table) AS suspects
                    FROM ONLY :"table"
                    '''
                expect 'empty'
                message '${table} still differs after five minutes (compared: ${compare}): ${published_rows} ' +
                    'rows on the publisher, ${rows} on the subscriber. Either it is written to without a ' +
                    'pause (see the parameter tolerance), or rows were lost: look for a failed COPY or for ' +
                    'conflicts in the subscriber\'s log. Unique only there: ${suspects}'
            }
        }
    }
    // Also after a failure, and when the run is given up: no table is left without its indexes.

    always {
        generate('restore-indexes') {
            title 'No index is left behind'
            target 'subscriber'
            unless '''
                SELECT count(*) = 0
                FROM jsonb_to_recordset(:indexes) AS i(schema text, name text, kept text)
                WHERE i.kept IS NULL AND to_regclass(format('%I.%I', i.schema, i.name)) IS NULL
                '''
            sql '''
                SELECT i.definition AS statement, i.given AS "table", i.size AS size_before
                FROM jsonb_to_recordset(:indexes)
                         AS i(given text, schema text, name text, size text, definition text, kept text)
                WHERE i.kept IS NULL AND to_regclass(format('%I.%I', i.schema, i.name)) IS NULL
                -- Unique indexes last: one that is violated keeps none of the others from coming back.
                ORDER BY starts_with(i.definition, 'CREATE UNIQUE '), i.schema, i.name
                '''
            review 'whenDestructive'
            transaction 'each'
            lockTimeout '10s'
            retry(attempts: 60, delay: '10s', on: ['lock_not_available', 'deadlock_detected'])
        }
    }
}
