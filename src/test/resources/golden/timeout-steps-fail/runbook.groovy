runbook('golden/timeout-steps-fail') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('slow') {
        timeout '50ms'
        target 'db'
        sql 'SELECT pg_sleep(60) FROM switch WHERE NOT works'
        onTimeout {
            sql('instead') {
                target 'db'
                sql 'SELECT 1 / (SELECT 0)'
            }
        }
    }
}
