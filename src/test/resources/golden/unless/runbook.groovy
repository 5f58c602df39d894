runbook('golden/unless') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('done') {
        unless 'SELECT true'
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }

    sql('not-done') {
        unless 'SELECT NULL::boolean'
        target 'db'
        sql 'INSERT INTO t VALUES (2)'
    }

    sql('no-row') {
        unless 'SELECT true WHERE false'
        target 'db'
        sql 'INSERT INTO t VALUES (3)'
    }

    sql('items') {
        unless 'SELECT :n = 5'
        forEach(n: [4, 5, 6])
        target 'db'
        sql 'INSERT INTO t VALUES (:n) RETURNING x'
        save added
    }

    query('result') {
        target 'db'
        sql 'SELECT :added AS added'
    }
}
