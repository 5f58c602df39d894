runbook('golden/for-each') {
    version '1.0.0'
    title 'A case'

    param('names', type: 'text[]', default: ['a', 'bb'])
    param('tables', type: 'table[]', required: true)
    param('none', type: 'text[]')

    target('db')

    sql('list') {
        forEach(name: names)
        target 'db'
        sql 'INSERT INTO t VALUES (length(:name))'
    }

    sql('table') {
        forEach(table: tables)
        target 'db'
        sql 'INSERT INTO :"table" VALUES (100)'
    }

    query('bound') {
        forEach(table: tables)
        target 'db'
        sql 'SELECT :table::regclass::text AS name'
        save(found: name)
    }

    query('rows') {
        target 'db'
        sql 'SELECT n, chr(96 + n) AS letter FROM generate_series(1, 2) AS n'
        save rows
    }

    sql('row') {
        forEach(row: rows)
        target 'db'
        sql "INSERT INTO t VALUES (200 + :row.n + length(:row.letter)), ((jsonb_typeof(:row) = 'object')::int)"
    }

    query('literal') {
        forEach(n: [1, 2])
        target 'db'
        sql 'SELECT :n * 2 AS twice'
        save gathered
    }

    query('nothing') {
        forEach(x: none)
        target 'db'
        sql 'SELECT 1'
        save never
    }

    query('after') {
        target 'db'
        sql 'SELECT :gathered::jsonb AS g, :never IS NULL AS never, :found AS found'
    }
}
