runbook('golden/generate-two-statements') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('two') {
        target 'db'
        sql "SELECT s FROM (VALUES ('SELECT 1;'), ('DROP TABLE t; SELECT 2')) AS v(s)"
    }
}
