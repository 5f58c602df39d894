def propertyMissing(String n) { new File('hostile-marker').createNewFile() }
runbook('x') {
    version '1.0.0'
    title 't'
    title foo
}

