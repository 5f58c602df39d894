runbook('golden/generate-edited') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('drop') {
        target 'db'
        sql "SELECT 'DELETE FROM log'"
    }
}
