runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def t = '  Hello, World  '
    def text = [t.trim(), t.trim().size(), t.toUpperCase().trim(), t.contains('World'), t.trim().take(5), t.trim().drop(7),
                t.trim().replace('l', 'L'), 'a,b;c'.tokenize(',;').join('|'), 'a,b'.split(',').size(), 'ab'.reverse(),
                '7'.padLeft(3, '0'), 'x'.padRight(2) + '.', 'snake_case'.capitalize(), 'ab' * 2, 'abc'[1], 'abc'[-1],
                'abc'.substring(1), 'abc'.indexOf('c'), 'abc' - 'b', '42'.isInteger(), 'a'.startsWith('a')].join(' ')
    query('x') { target 'db'; sql "SELECT '$text'" }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
