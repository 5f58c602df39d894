runbook('golden/wait') {
    version '1.0.0'
    title 'A case'

    target('db')

    wait('little') {
        wait '30ms'
    }

    wait('past') {
        until '2020-01-01 00:00'
        zone 'UTC'
    }
}
