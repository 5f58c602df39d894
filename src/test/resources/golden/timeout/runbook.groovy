runbook('golden/timeout') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('slow') {
        timeout '50ms'
        target 'db'
        sql 'SELECT pg_sleep(60)'
        onTimeout {
            sql('instead') {
                target 'db'
                sql 'INSERT INTO t VALUES (1)'
            }
        }
    }

    sql('after') {
        target 'db'
        sql 'INSERT INTO t VALUES (2)'
    }

    query('fatal') {
        timeout '50ms'
        target 'db'
        sql 'SELECT pg_sleep(60)'
    }
}
