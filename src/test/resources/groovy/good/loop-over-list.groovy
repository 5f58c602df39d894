runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    for (t in ['Person', 'Company']) {
        query("count-${t.toLowerCase()}") { target 'db'; sql "SELECT count(*) FROM \"${t}\"" }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
