runbook('x') {
    version '1.0.0'
    title 't'
    param('a\u202eb') { }
}

