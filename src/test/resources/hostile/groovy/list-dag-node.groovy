def l = [1]
for (i in 1..60) { l = [l, l] }
runbook('x') {
    version '1.0.0'
    title 't'
    title l
}

