runbook('golden/probe-stall') {
    version '1.0.0'
    title 'A case'

    target('db')

    probe('watch') {
        every '100ms'
        timeout '60s'
        sources(db: 'SELECT count(*) AS nudges FROM t')
        until 'nudges == 2'
        stall {
            after '150ms'
            steps {
                sql('nudge') {
                    target 'db'
                    sql 'INSERT INTO t VALUES (7)'
                }
            }
        }
    }
}
