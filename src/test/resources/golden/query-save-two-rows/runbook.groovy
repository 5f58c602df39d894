runbook('golden/query-save-two-rows') {
    version '1.0.0'
    title 'A case'

    target('db')

    query('two') {
        target 'db'
        sql 'SELECT n FROM generate_series(1, 2) AS n'
        save(x: n)
    }
}
