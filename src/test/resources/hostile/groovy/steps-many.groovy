runbook('x') {
    version '1.0.0'
    title 't'
    for (i in 1..9999) { gate("g$i") { text 'x' } }
}

