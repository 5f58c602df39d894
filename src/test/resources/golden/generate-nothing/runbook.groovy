runbook('golden/generate-nothing') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('none') {
        target 'db'
        sql "SELECT 'DROP TABLE t' WHERE false"
    }
}
