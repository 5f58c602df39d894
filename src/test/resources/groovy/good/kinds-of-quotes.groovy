runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    query('slashy') { target 'db'; sql(/SELECT 'a\d+'/) }
    query('dollar') { target 'db'; sql($/SELECT '/a/' || $$$$x$$$$ || '\n'/$) }
    query('escapes') { target 'db'; sql 'SELECT \'a\\b\', \u0041' }
    query('double') { target 'db'; sql "SELECT \"a\", \$1::text" }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
