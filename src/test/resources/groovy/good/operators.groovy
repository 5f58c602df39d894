runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def name = null
    def other = name ?: 'fallback'
    def length = name?.length()
    def big = other.length() > 3 ? 'big' : 'small'
    def same = [1, 2] == [1, 2] && [a: 1] == [a: 1] && 1 == 1.0
    def found = 'b' in ['a', 'b'] && !('c' in ['a', 'b']) && 'c' !in ['a']
    def order = [3 <=> 2, 'a' <=> 'b'].join(' ')
    query('x') { target 'db'; sql "SELECT '$other', '$big', $same, $found, '$order', ${length == null}" }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
