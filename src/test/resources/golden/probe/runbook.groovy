runbook('golden/probe') {
    version '1.0.0'
    title 'A case'

    target('db')
    target('other')

    probe('watch') {
        every '100ms'
        timeout '60s'
        sources(db: "SELECT 4 AS done, 'r' AS state", other: "SELECT 4 AS total, 'r' AS state")
        progress(done: 'done', total: 'total', unit: 'rows')
        until "done >= total && db.state == 'r' && other.state == db.state"
    }
}
