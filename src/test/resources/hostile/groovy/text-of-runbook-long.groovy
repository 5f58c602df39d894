def s = 'x' * 900000
runbook('x') {
    version '1.0.0'
    title 't'
    title s
}

