runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    def soon = '5 parsecs'
    query('q') { target 'db'; sql 'SELECT :tables'; lockTimeout soon }
}
