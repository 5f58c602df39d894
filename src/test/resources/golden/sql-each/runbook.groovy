runbook('golden/sql-each') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('three') {
        target 'db'
        sql '''
            INSERT INTO t VALUES (txid_current());
            INSERT INTO t VALUES (txid_current()); -- the second
            INSERT INTO t VALUES (txid_current())
            '''
    }
}
