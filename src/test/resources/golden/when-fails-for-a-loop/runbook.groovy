runbook('golden/when-fails-for-a-loop') {
    version '1.0.0'
    title 'A case'

    target('db')

    query('fine') {
        target 'db'
        sql "SELECT 'text' AS x"
        save(x: x)
    }

    sql('bad') {
        when 'x'
        forEach(n: [1])
        target 'db'
        sql 'INSERT INTO t VALUES (:n)'
    }
}
