runbook('example') {
    version '1.0.0'
    param('tables') { type 'table[]'; required true }
    target('db')

    title System.getenv('HOME')
    query('q') { target 'db'; sql 'SELECT :tables' }
}
