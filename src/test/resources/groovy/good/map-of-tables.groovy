runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def keys = [Person: 'id', Company: 'number']
    keys.each { table, key ->
        query("max-${table.toLowerCase()}") { target 'db'; sql "SELECT max(${key}) FROM \"${table}\"" }
    }
    for (e in keys) {
        query("min-${e.key.toLowerCase()}") { target 'db'; sql "SELECT min(${e.value}) FROM \"${e.key}\"" }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
