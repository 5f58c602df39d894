runbook('golden/probe-error') {
    version '1.0.0'
    title 'A case'

    target('db')

    probe('watch') {
        every '100ms'
        sources(db: 'SELECT 1 / (SELECT 0) AS x')
        until 'x == 2'
    }
}
