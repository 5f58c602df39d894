runbook('golden/unless-fails') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('wrong') {
        unless 'SELECT 1 / (SELECT 0) = 1'
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }
}
