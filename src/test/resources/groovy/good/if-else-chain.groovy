runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    for (size in ['small', 'medium', 'large']) {
        def limit = 0
        if (size == 'small') {
            limit = 1
        } else if (size == 'medium') {
            limit = 10
        } else {
            limit = 100
        }
        query(size) { target 'db'; sql "SELECT ${limit}" }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
