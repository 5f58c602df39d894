runbook('golden/generate-barred') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('vacuum') {
        target 'db'
        sql "SELECT 'VACUUM ' || 't'"
    }
}
