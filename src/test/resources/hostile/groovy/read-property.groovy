runbook('x') {
    version '1.0.0'
    title 't'
    title System.getProperty('user.home')
}

