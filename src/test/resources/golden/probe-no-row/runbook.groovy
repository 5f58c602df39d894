runbook('golden/probe-no-row') {
    version '1.0.0'
    title 'A case'

    target('db')

    probe('watch') {
        every '100ms'
        sources(db: 'SELECT 1 AS x WHERE false')
        until 'x == null'
    }
}
