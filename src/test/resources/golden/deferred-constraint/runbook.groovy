runbook('golden/deferred-constraint') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('child') {
        target 'db'
        sql 'INSERT INTO child VALUES (1)'
    }
}
