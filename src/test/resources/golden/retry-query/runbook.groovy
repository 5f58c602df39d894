runbook('golden/retry-query') {
    version '1.0.0'
    title 'A case'

    target('db')

    check('third') {
        retry(attempts: 5, delay: '1ms')
        target 'db'
        sql 'SELECT 1 / (SELECT 0) = 1'
    }
}
