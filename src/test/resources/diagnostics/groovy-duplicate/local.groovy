def n = 1
def n = 2
runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    query('q') { target 'db'; sql 'SELECT :tables' }
}
