runbook('x') {
    version '1.0.0'
    title 't'
    target('db')
    query('q') { target 'db'; sql file: '../../../../../../etc/passwd' }
}

