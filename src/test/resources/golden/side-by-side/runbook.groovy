runbook('golden/side-by-side') {
    version '1.0.0'
    title 'Items and steps side by side'
    param('tables', type: 'table[]', required: true)
    target('db')

    // One item and one step: of several nobody knows which is told first.
    query('count') {
        forEach(table: tables, parallel: 4)
        target 'db'
        sql 'SELECT count(*) AS rows FROM :"table"'
        save(counts: 'rows')
    }
    steps('group') {
        parallel 2
        sql('keep') {
            target 'db'
            sql 'INSERT INTO kept VALUES (:counts)'
        }
    }
}
