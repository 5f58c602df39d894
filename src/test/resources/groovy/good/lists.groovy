runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def list = ['b', 'a'] + ['c'] + 'a'
    list << 'd'
    def text = [list.sort().unique().join(), list.size(), list[0], list[-1], list[1..2].join('-'),
                (list - ['a']).first(), list.reverse().take(2).join(), [[1, 2], [3]].flatten().sum(),
                list.indexOf('c'), list.contains('z'), [3, 1, 2].max(), [3, 1, 2].toSorted().join()].join(' ')
    query('x') { target 'db'; sql "SELECT '$text'" }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
