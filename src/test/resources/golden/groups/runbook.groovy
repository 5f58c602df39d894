runbook('golden/groups') {
    version '1.0.0'
    title 'A case'

    target('db')

    steps('outer') {
        sql('first') {
            target 'db'
            sql 'INSERT INTO t VALUES (1)'
        }

        steps('inner') {
            forEach(n: [10, 20])
            sql('row') {
                target 'db'
                sql 'INSERT INTO t VALUES (:n)'
            }

            sql('deeper') {
                forEach(m: [1, 2])
                target 'db'
                sql 'INSERT INTO t VALUES (:n + :m)'
            }
        }
    }
}
