runbook('golden/query-save-no-column') {
    version '1.0.0'
    title 'A case'

    target('db')

    query('other-column') {
        target 'db'
        sql 'SELECT 1 AS n, 2 AS m'
        save(x: o)
    }
}
