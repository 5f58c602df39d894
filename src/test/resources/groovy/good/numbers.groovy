runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def days = 7
    def hours = days * 24
    query('a') { target 'db'; sql "SELECT ${hours}, ${7 / 2}, ${7.intdiv(2)}, ${7 % 4}, ${2 ** 10}, ${1_000_000}, ${10 / 4 * 2}" }
    query('b') { target 'db'; sql "SELECT ${-days}, ${1.50 + 2}, ${'12'.toInteger() + 1}, ${0x1F}, ${10 / 3}" }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
