runbook('golden/generate-none') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('vacuum') {
        target 'db'
        transaction 'none'
        review 'none'
        sql "SELECT 'VACUUM ' || 't'"
    }
}
