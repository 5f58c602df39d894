runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    query('block') {
        target 'db'
        sql '''
            SELECT 1,
                   2
              FROM t

             WHERE true
            '''
    }
    query('margin') {
        target 'db'
        sql '''|SELECT 1
               |  FROM t'''.stripMargin()
    }
    query('indent') {
        target 'db'
        sql '''\
            SELECT 1
              FROM t
            '''.stripIndent()
    }
    query('flush') {
        target 'db'
        sql '''SELECT 1
FROM t'''
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
