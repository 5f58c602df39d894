def prefix = 'a'
def name(t) { "${prefix}-${t}" }
runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    query(name('q')) { target 'db'; sql 'SELECT :tables' }
}
