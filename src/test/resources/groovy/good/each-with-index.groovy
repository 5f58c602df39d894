runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    ['a', 'b', 'c'].eachWithIndex { name, i ->
        query("q-${i + 1}-${name}") { target 'db'; sql "SELECT ${i * 10}" }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
