runbook('golden/sql-each-fails-and-goes-on') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('three') {
        target 'db'
        sql '''
            INSERT INTO t VALUES (1);
            INSERT INTO t SELECT 2 FROM switch WHERE 1 / CASE WHEN works THEN 1 ELSE 0 END = 1;
            INSERT INTO t VALUES (3)
            '''
    }

    sql('after') {
        target 'db'
        sql 'INSERT INTO t VALUES (4)'
    }
}
