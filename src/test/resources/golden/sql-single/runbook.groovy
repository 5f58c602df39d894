runbook('golden/sql-single') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('two') {
        target 'db'
        transaction 'single'
        sql '''
            INSERT INTO t VALUES (txid_current());
            INSERT INTO t VALUES (txid_current());
            '''
    }
}
