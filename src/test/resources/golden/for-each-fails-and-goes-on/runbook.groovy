runbook('golden/for-each-fails-and-goes-on') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('items') {
        forEach(n: [1, 2, 3])
        target 'db'
        sql 'INSERT INTO t SELECT :n FROM switch WHERE works OR 10 / (:n - two) <> 0'
    }
}
