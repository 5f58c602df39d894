runbook('golden/probe-fail') {
    version '1.0.0'
    title 'A case'

    target('db')

    probe('watch') {
        forEach(n: [1, 2])
        every '100ms'
        sources(db: "SELECT :n AS n, CASE WHEN :n = 2 THEN 'error' ELSE 'fine' END AS state")
        until "state == 'fine'"
        fail "state == 'error'"
    }
}
