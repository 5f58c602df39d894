runbook('golden/verify') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('fine') {
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
        verify 'SELECT count(*) = 1 FROM t'
    }

    sql('wrong') {
        target 'db'
        sql 'INSERT INTO t VALUES (2)'
        verify 'SELECT count(*) = 5 FROM t'
    }
}
