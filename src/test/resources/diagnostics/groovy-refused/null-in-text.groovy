runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    def n = null
    gate('g') { text "x ${n}" }
    query('q') { target 'db'; sql 'SELECT :tables' }
}
