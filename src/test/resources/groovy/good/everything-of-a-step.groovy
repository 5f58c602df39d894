runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    generate('indexes') {
        title 'Drop indexes'
        description 'Drops them'
        note 'n'
        tip 't'
        warning 'w'
        links([[title: 'PostgreSQL', url: 'https://www.postgresql.org']])
        target 'db'
        executeOn 'other'
        sql "SELECT 'DROP INDEX i' AS statement"
        stages 1
        review 'required'
        transaction 'each'
        pause '1s'
        window '22:00-06:00 UTC'
        unless 'SELECT false'
        verify 'SELECT true'
        timeout '1h'
        lockTimeout '5s'
        retry(attempts: 10, delay: '3s', backoff: 1.5, on: ['lock_not_available'])
        save rows
    }
    sql('use-rows') {
        target 'db'
        isolation 'serializable'
        undo 'SELECT 1'
        transaction 'single'
        sql "SELECT 1 FROM jsonb_to_recordset(:rows) AS r(a text)"
        save(first: 'a')
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
