runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def quote = { name -> '"' + name + '"' }
    def twice = { quote(quote(it)) }
    def add = { a, b = 1 -> a + b }
    query('x') { target 'db'; sql "SELECT ${quote('a')}, ${add(1)}, ${add(1, 2)}, ${twice.call('b')}" }
    def common = { target 'db'; lockTimeout '5s' }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
