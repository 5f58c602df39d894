runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    query('literal') {
        target 'db'
        forEach(item: [[name: 'a', size: 1], [name: 'b', size: 2]])
        sql 'SELECT :item.name, :item.size'
    }
    query('numbers') { target 'db'; forEach(n: 1..3); sql 'SELECT :n' }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
