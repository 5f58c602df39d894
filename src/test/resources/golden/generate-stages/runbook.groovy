runbook('golden/generate-stages') {
    version '1.0.0'
    title 'A case'

    target('db')
    target('other')

    sql('prepare') {
        target 'other'
        sql 'CREATE TABLE copy (x int)'
    }

    generate('sync') {
        target 'db'
        executeOn 'other'
        stages 2
        sql '''
            SELECT format('SELECT format(''INSERT INTO copy VALUES (%%L)'', x) AS statement, x FROM %I ORDER BY 1', relname)
            FROM pg_class WHERE relname IN ('a', 'b') ORDER BY relname
            '''
    }

    query('there') {
        target 'other'
        sql 'SELECT * FROM copy'
    }
}
