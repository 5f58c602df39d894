runbook('golden/query') {
    version '1.0.0'
    title 'A case'

    target('db')

    query('show') {
        target 'db'
        sql 'SELECT n, n * 2 AS twice FROM generate_series(1, 3) AS n'
    }

    query('rows') {
        target 'db'
        sql 'SELECT n AS a, NULL::text AS b FROM generate_series(1, 2) AS n'
        save rows
    }

    query('one') {
        target 'db'
        sql "SELECT 7 AS seven, 'x' AS letter"
        save(number: seven, text: letter)
    }

    sql('use') {
        target 'db'
        sql 'INSERT INTO t SELECT a + :number, :text FROM jsonb_to_recordset(:rows) AS r(a int)'
    }
}
