runbook('golden/sql-save') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('returning') {
        target 'db'
        sql '''
            SELECT 'not these';
            INSERT INTO t VALUES (1, 'a'), (2, 'b') RETURNING x, y;
            UPDATE t SET y = 'c' WHERE x = 2
            '''
        save added
    }

    sql('column') {
        target 'db'
        sql 'DELETE FROM t WHERE x = 1 RETURNING y'
        save(gone: y)
    }

    sql('none') {
        target 'db'
        sql 'DELETE FROM t WHERE x = 99'
        save nothing
    }

    sql('use') {
        target 'db'
        sql "INSERT INTO t VALUES (jsonb_array_length(:added), :gone), (jsonb_array_length(:nothing), 'nothing')"
    }
}
