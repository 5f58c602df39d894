runbook('side-by-side') {
    version '1.0.0'
    title 'Several at once'
    param('tables', type: 'table[]')
    target('db')

    query('look') {
        forEach(parallel: 2 * 2, table: tables)
        target 'db'
        sql 'SELECT :table'
    }
    query('turn') {
        forEach n: [1, 2]
        target 'db'
        sql 'SELECT :n'
    }
    steps('group') {
        parallel 3
        for (name in ['first', 'second']) {
            query(name) {
                target 'db'
                sql "SELECT ${name == 'first' ? 1 : 2}"
            }
        }
    }
}
