def s = 'a\u000bb'
runbook('x') {
    version '1.0.0'
    title 't'
    title s.take(2)
}

