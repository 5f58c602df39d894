runbook('golden/generate-null') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('nulls') {
        target 'db'
        sql "SELECT s FROM (VALUES ('SELECT 1'), (NULL)) AS v(s)"
    }
}
