runbook('golden/failure-blocks') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('first') {
        target 'db'
        sql 'INSERT INTO t VALUES (1) RETURNING x'
        save(kept: x)
    }

    sql('fails') {
        target 'db'
        sql 'INSERT INTO t SELECT 2 FROM switch WHERE 1 / CASE WHEN works THEN 1 ELSE 0 END = 1'
    }

    query('last') {
        target 'db'
        sql 'SELECT 5 AS x'
        save(late: x)
    }

    onFailure {
        sql('repair') {
            target 'db'
            sql 'INSERT INTO t VALUES (10 + :kept)'
        }
    }

    always {
        sql('tidy') {
            target 'db'
            sql 'INSERT INTO t VALUES (100 + coalesce(:late::int, 0))'
        }
    }
}
