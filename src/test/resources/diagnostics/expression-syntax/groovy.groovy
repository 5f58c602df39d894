runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    gate('g') { text "Truncate \${tables[} now?" }
    query('q') { target 'db'; sql 'SELECT :tables' }
}
