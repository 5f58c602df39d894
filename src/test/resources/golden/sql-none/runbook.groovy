runbook('golden/sql-none') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('outside') {
        target 'db'
        transaction 'none'
        sql '''
            CREATE INDEX CONCURRENTLY i ON t (x);
            VACUUM t
            '''
    }
}
