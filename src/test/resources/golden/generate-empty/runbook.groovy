runbook('golden/generate-empty') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('blanks') {
        target 'db'
        sql "SELECT s FROM (VALUES ('SELECT 1'), (' ')) AS v(s)"
    }
}
