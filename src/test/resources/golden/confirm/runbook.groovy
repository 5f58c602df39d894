runbook('golden/confirm') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('items') {
        forEach(n: [1, 2])
        confirm 'Insert ${n}?'
        target 'db'
        sql 'INSERT INTO t VALUES (:n)'
    }
}
