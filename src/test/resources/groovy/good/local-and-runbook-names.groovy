runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def what = 'Truncate'
    sql('truncate') {
        target 'db'
        forEach(table: tables)
        confirm "$what ${table} of $table?"
        sql 'TRUNCATE :"table"'
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
