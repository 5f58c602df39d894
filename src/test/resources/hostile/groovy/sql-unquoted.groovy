runbook('x') {
    version '1.0.0'
    title 't'
    query('x') { sql SELECT * FROM t }
}

