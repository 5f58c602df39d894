runbook('golden/probe-timeout') {
    version '1.0.0'
    title 'A case'

    target('db')

    probe('watch') {
        every '100ms'
        timeout '150ms'
        sources(db: 'SELECT 1 AS x')
        until 'x == 2'
        onTimeout {
            sql('instead') {
                target 'db'
                sql 'INSERT INTO t VALUES (1)'
            }
        }
    }

    probe('fatal') {
        every '100ms'
        timeout '150ms'
        sources(db: 'SELECT 1 AS x')
        until 'x == 2'
    }
}
