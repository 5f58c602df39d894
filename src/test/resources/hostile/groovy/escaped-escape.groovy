runbook('x') {
    version '1.0.0'
    title 't'
    title 'a\u001b[31mb'
}

