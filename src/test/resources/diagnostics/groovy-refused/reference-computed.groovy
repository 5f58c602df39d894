runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    for (t in tables) {
        query("count-$t") { target 'db'; sql 'SELECT 1' }
    }
    if (tables) { }
    gate('g') { when tables.size() > 0; text 'x' }
    query('q') { target 'db'; sql 'SELECT :tables' }
}
