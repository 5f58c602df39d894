runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    def unique = '''
        SELECT indexrelid::regclass
          FROM pg_index
         WHERE indisunique
        '''
    query('here') { target 'db'; sql unique }
    query('there') { target 'other'; sql unique }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
