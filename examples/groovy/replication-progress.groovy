// Shows how far pglogical's replication is, from both sides; reads only, and may be run at any time.
runbook('pglogical/replication-progress') {
    version '1.0.0'
    title 'Track the progress of a pglogical replication'
    description '''
        Compares the estimated row counts of the publisher and the subscriber, without a count(*) that would read the tables,
        and shows what the estimates cannot: the state of each table, the copies under way and how far the subscriber is behind.
        It may lag slightly behind the actual counts, and is fast enough to be run again and again during a long resynchronisation.
        '''

    param('tables') {
        type 'table[]'
        defaultValue([])
        description 'Only these tables, quoted as in SQL; none means every table that the subscription receives'
        example(['public."Person"', 'public."Company"', 'public."CompanyIdentifier"'])
    }
    param('subscription', type: 'text', default: 'cred_tables', description: 'The pglogical subscription')
    param('follow', type: 'boolean', default: false, description: 'Whether to stay and watch until every table is ready')

    target('publisher', description: 'The pglogical provider: cred-model (CloudSQL)', readOnly: true)
    target('subscriber', description: 'Where the tables are replicated to: cred-model-api-dev', readOnly: true)

    check('publisher-ready') {
        title 'The publisher runs pglogical'
        target 'publisher'
        sql '''
            SELECT current_database()::text AS database
            WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pglogical')
            '''
        expect 'empty'
        message 'pglogical is not installed in database ${database}, which is to be the publisher'
    }

    check('subscriber-ready') {
        title 'The subscriber runs pglogical'
        target 'subscriber'
        sql '''
            SELECT current_database()::text AS database
            WHERE NOT EXISTS (SELECT FROM pg_extension WHERE extname = 'pglogical')
            '''
        expect 'empty'
        message 'pglogical is not installed in database ${database}, which is to be the subscriber'
    }

    check('subscription-exists') {
        title 'The subscription exists'
        target 'subscriber'
        sql '''
            SELECT coalesce('subscriptions here: ' || (SELECT string_agg(sub_name, ', ' ORDER BY sub_name)
                                                       FROM pglogical.subscription),
                            'this database has none') AS advice
            WHERE NOT EXISTS (SELECT FROM pglogical.subscription WHERE sub_name = :subscription)
            '''
        expect 'empty'
        message 'There is no pglogical subscription ${subscription}: ${advice}'
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

    query('subscription') {
        title 'The subscription'
        target 'subscriber'
        note '"replicating" says that its worker runs, not that any table is complete: it is shown before, ' +
            'while and after a table is copied.'
        sql '''
            SELECT w.status, w.provider_node AS provider, w.slot_name AS slot, array_to_string(w.replication_sets, ', ') AS sets
            FROM pglogical.show_subscription_status() AS w
            WHERE w.subscription_name = :subscription
            '''
        save status
    }

    query('lag') {
        title 'How far the subscriber is behind'
        target 'publisher'
        note "An inactive slot holds the publisher's WAL back until the subscriber comes again or the slot " +
            'is dropped.'
        sql '''
            SELECT r.slot_name::text AS slot, r.active, a.state,
                   pg_wal_lsn_diff(pg_current_wal_lsn(), r.confirmed_flush_lsn)::bigint AS behind_bytes,
                   pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), r.confirmed_flush_lsn)) AS behind,
                   round(extract(epoch FROM a.replay_lag), 1)::text AS behind_seconds,
                   pg_size_pretty(pg_wal_lsn_diff(pg_current_wal_lsn(), r.restart_lsn)) AS wal_kept
            FROM pg_replication_slots AS r
            LEFT JOIN pg_stat_replication AS a ON a.pid = r.active_pid
            WHERE r.slot_name IN (SELECT w.slot FROM jsonb_to_recordset(:status) AS w(slot text))
            '''
    }

    query('estimate-published') {
        title 'Estimated rows on the publisher'
        target 'publisher'
        note '''
            estimated_rows (reltuples) is what the last ANALYZE or VACUUM found, and empty when there was none; live_rows counts
            what has changed since. Both are estimates.
            '''
        sql '''
            SELECT format('%I.%I', n.nspname, c.relname) AS "table",
                   nullif(greatest(c.reltuples, 0), 0)::bigint AS estimated_rows,
                   s.n_live_tup AS live_rows,
                   pg_size_pretty(pg_table_size(c.oid)) AS size,
                   greatest(s.last_analyze, s.last_autoanalyze)::timestamptz(0)::text AS analyzed
            FROM jsonb_to_recordset(:status) AS w(sets text)
            JOIN pglogical.replication_set AS r ON r.set_name = ANY (string_to_array(w.sets, ', '))
            JOIN pglogical.replication_set_table AS m ON m.set_id = r.set_id
            JOIN pg_class AS c ON c.oid = m.set_reloid
            JOIN pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_stat_all_tables AS s ON s.relid = c.oid
            WHERE cardinality(:tables) = 0
               OR c.oid IN (SELECT to_regclass(t.given) FROM unnest(:tables) AS t(given))
            GROUP BY 1, 2, 3, 4, 5
            ORDER BY 1
            '''
        save published
    }

    query('compare-estimates') {
        title 'Both sides, table by table'
        target 'subscriber'
        tip '''
            reltuples is -1 from the TRUNCATE of a resynchronisation until the next ANALYZE and shows nothing of its copy: look
            at `copied` instead. Run again with follow=true to watch until every table is ready.
            '''
        sql '''
            SELECT p."table",
                   CASE s.sync_status
                       WHEN 'i' THEN 'i, to be copied'
                       WHEN 's' THEN 's, structure'
                       WHEN 'd' THEN 'd, copying'
                       WHEN 'c' THEN 'c, constraints'
                       WHEN 'w' THEN 'w, waiting to catch up'
                       WHEN 'u' THEN 'u, catching up'
                       WHEN 'y' THEN 'y, done'
                       WHEN 'r' THEN 'r, ready'
                       ELSE coalesce(s.sync_status::text, 'unknown to the subscription')
                   END AS state,
                   p.estimated_rows AS publisher_rows,
                   nullif(greatest(c.reltuples, 0), 0)::bigint AS subscriber_rows,
                   g.tuples_processed AS copied,
                   round(100.0 * coalesce(g.tuples_processed, nullif(greatest(c.reltuples, 0), 0)::bigint)
                             / nullif(p.estimated_rows, 0))::int AS percent,
                   t.n_live_tup AS live_rows,
                   pg_size_pretty(pg_table_size(c.oid)) AS size
            FROM jsonb_to_recordset(:published) AS p("table" text, estimated_rows bigint)
            LEFT JOIN pg_class AS c ON c.oid = to_regclass(p."table")
            LEFT JOIN pg_namespace AS n ON n.oid = c.relnamespace
            LEFT JOIN pg_stat_all_tables AS t ON t.relid = c.oid
            LEFT JOIN (pglogical.local_sync_status AS s
                       JOIN pglogical.subscription AS u ON u.sub_id = s.sync_subid AND u.sub_name = :subscription)
                ON s.sync_nspname = n.nspname AND s.sync_relname = c.relname
            LEFT JOIN pg_stat_progress_copy AS g ON g.relid = c.oid AND g.datname = current_database()
            ORDER BY p."table"
            '''
        save compared
    }

    probe('until-ready') {
        title 'Watch until the table is ready'
        when 'follow'
        forEach(watched: compared)
        every '5s'
        timeout '24h'
        sources {
            subscriber '''
                SELECT s.sync_status::text AS status, g.tuples_processed AS done
                FROM pg_class AS c
                JOIN pg_namespace AS n ON n.oid = c.relnamespace
                JOIN pglogical.subscription AS u ON u.sub_name = :subscription
                JOIN pglogical.local_sync_status AS s
                    ON s.sync_subid = u.sub_id AND s.sync_nspname = n.nspname AND s.sync_relname = c.relname
                LEFT JOIN pg_stat_progress_copy AS g ON g.relid = c.oid AND g.datname = current_database()
                WHERE c.oid = to_regclass(:watched.table)
                '''
        }
        progress(done: 'done', total: 'watched.publisher_rows', unit: 'rows')
        // A table that the subscription does not know has no status, and nothing to wait for.
        until "status == 'r' || status == null"
    }
}
