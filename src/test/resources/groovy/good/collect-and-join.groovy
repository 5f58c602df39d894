runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def columns = ['id', 'name', 'created']
    def list = columns.collect { it.toUpperCase() }.join(', ')
    query('columns') {
        target 'db'
        sql "SELECT ${list} FROM t"
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
