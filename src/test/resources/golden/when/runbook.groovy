runbook('golden/when') {
    version '1.0.0'
    title 'A case'

    param('limit', type: 'integer', default: 3)

    target('db')

    query('no') {
        when 'limit > 5'
        target 'db'
        sql 'SELECT 1 AS x'
        save skipped
    }

    sql('yes') {
        when 'limit < 5 && skipped == null'
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }

    sql('items') {
        forEach(n: [1, 2, 3])
        when 'n != 2'
        target 'db'
        sql 'INSERT INTO t VALUES (:n + 10)'
    }

    sql('no-items') {
        forEach(n: [1, 2, 3])
        when 'limit == 0'
        target 'db'
        sql 'INSERT INTO t VALUES (:n + 20)'
    }
}
