def l = []
for (i in 1..9000) { l = [l] }
runbook('x') {
    version '1.0.0'
    title 't'
    title l
}

