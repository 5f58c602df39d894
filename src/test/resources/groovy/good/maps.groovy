runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def map = [a: 1, 'b-c': 2]
    map.d = 3
    map['e'] = 4
    def text = [map.size(), map.a, map['b-c'], map.keySet().join(','), map.values().sum(), map.containsKey('z'),
                map.findAll { it.value > 2 }.keySet().join(''), map.collect { k, v -> "$k$v" }.join(' ')].join(' ')
    query('x') { target 'db'; sql "SELECT '$text'" }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
