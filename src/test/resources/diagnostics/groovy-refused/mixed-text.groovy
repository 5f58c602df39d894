runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    def n = 1
    gate('g') { text "${size(tables) + n}" }
    query('q') { target 'db'; sql 'SELECT :tables' }
}
