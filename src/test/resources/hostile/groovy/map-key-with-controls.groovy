runbook('x') {
    version '1.0.0'
    title 't'
    links([['a\u202eb': 'c']])
}

