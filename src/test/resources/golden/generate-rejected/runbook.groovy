runbook('golden/generate-rejected') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('drop') {
        target 'db'
        sql "SELECT format('DELETE FROM log WHERE x = %s', x) FROM log ORDER BY x"
    }

    always {
        sql('tidy') {
            target 'db'
            sql 'INSERT INTO log (x) VALUES (100)'
        }
    }
}
