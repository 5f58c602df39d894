def l = (1..9000).toList()
runbook('x') {
    version '1.0.0'
    title 't'
    for (i in 1..400) { gate("g$i") { text 'x'; links(l) } }
}

