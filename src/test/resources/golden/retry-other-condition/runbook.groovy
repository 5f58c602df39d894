runbook('golden/retry-other-condition') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('once') {
        retry(attempts: 3, delay: '1ms', on: ['lock_not_available'])
        target 'db'
        sql "SELECT nextval('s') / (SELECT 0)"
    }
}
