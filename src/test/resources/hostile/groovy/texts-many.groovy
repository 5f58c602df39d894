def s = 'x' * 100000
runbook('x') {
    version '1.0.0'
    title 't'
    for (i in 1..400) { gate("g$i") { text s } }
}

