runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    probe('watch') {
        forEach(table: tables)
        sources {
            db 'SELECT 10 AS total, :table AS t'
            other 'SELECT 1 AS done, true AS ready'
        }
        every '2s'
        timeout '6h'
        progress(done: 'done', total: 'total', unit: 'rows')
        until 'ready'
        fail 'done > total'
        stall(after: '30s') {
            sql('nudge') { target 'other'; sql 'SELECT 1' }
        }
        onTimeout {
            gate('late') { text 'Go on?' }
        }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
