runbook('golden/retry') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('third') {
        retry(attempts: 3, delay: '1ms', on: ['division_by_zero'])
        target 'db'
        sql "INSERT INTO t VALUES (10 / (nextval('s') - 3 + CASE WHEN currval('s') < 3 THEN 3 - " +
            "currval('s') ELSE 1 END))"
    }

    sql('gives-up') {
        retry(attempts: 2, delay: '1ms', backoff: 2)
        target 'db'
        sql 'INSERT INTO t VALUES (1 / (SELECT 0))'
    }
}
