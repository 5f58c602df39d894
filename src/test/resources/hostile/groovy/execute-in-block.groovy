runbook('x') {
    version '1.0.0'
    title 't'
    'touch hostile-marker'.execute()
}
