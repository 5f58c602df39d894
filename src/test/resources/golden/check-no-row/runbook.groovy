runbook('golden/check-no-row') {
    version '1.0.0'
    title 'A case'

    target('db')

    check('none') {
        target 'db'
        sql 'SELECT true WHERE false'
    }
}
