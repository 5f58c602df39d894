runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    sql('vacuum') {
        target 'db'
        forEach(table: tables)
        when follow
        confirm "Truncate ${table} (${size(tables)} in all)?"
        sql 'TRUNCATE :"table"'
        transaction 'single'
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
