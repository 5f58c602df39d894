runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def numbers = (1..10).findAll { it % 3 == 0 }
    if (numbers.any { it > 8 } && numbers.every { it < 10 } && !numbers.isEmpty()) {
        query('numbers') { target 'db'; sql "SELECT ${numbers.join(' + ')}" }
    } else {
        query('never') { target 'db'; sql 'SELECT 1' }
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
