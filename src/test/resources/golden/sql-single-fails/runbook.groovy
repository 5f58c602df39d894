runbook('golden/sql-single-fails') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('two') {
        target 'db'
        transaction 'single'
        sql '''
            INSERT INTO t VALUES (1);
            INSERT INTO t VALUES (1 / (SELECT 0));
            '''
    }
}
