runbook('golden/generate-control') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('commit') {
        target 'db'
        sql "SELECT unnest(ARRAY['SELECT 1', 'COMMIT'])"
    }
}
