runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    query('x') { target 'db'; sql 'SELECT 1' }
    onFailure {
        query('after-failure') { target 'db'; sql 'SELECT 2' }
    }
    always {
        for (i in 1..2) {
            query("always-$i") { target 'db'; sql "SELECT $i" }
        }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
