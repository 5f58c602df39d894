runbook('x') {
    version '1.0.0'
    title 't'
    evaluate("new File('hostile-marker').createNewFile()")
}
