runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    countOf('Person')
    countOf('Company', 'other')
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
def countOf(table, where = 'db') {
    query("count-${table.toLowerCase()}") {
        target where
        sql "SELECT count(*) FROM \"${table}\""
    }
}
