runbook('golden/failure-in-finally') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('first') {
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }

    always {
        sql('tidy') {
            target 'db'
            sql 'INSERT INTO t SELECT 2 FROM switch WHERE 1 / CASE WHEN works THEN 1 ELSE 0 END = 1'
        }
    }
}
