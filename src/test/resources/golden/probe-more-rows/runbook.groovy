runbook('golden/probe-more-rows') {
    version '1.0.0'
    title 'A case'

    target('db')

    probe('watch') {
        every '100ms'
        sources(db: 'SELECT n FROM generate_series(1, 2) AS n')
        until 'n == 1'
    }
}
