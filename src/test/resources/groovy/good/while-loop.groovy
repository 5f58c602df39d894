runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    int i = 1
    while (i <= 100) {
        query("q-$i") { target 'db'; sql "SELECT $i" }
        i *= 10
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
