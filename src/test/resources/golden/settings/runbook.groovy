runbook('golden/settings') {
    version '1.0.0'
    title 'A case'

    param('word', type: 'text', default: 'its')

    target('db')

    query('answer') {
        target 'db'
        sql 'SELECT 6 * 7 AS n'
        save(answer: n)
    }

    sql('body') {
        target 'db'
        sql '''
            DO $$
            BEGIN
              INSERT INTO t VALUES (current_setting('pgrunbook.answer')::int), (length(current_setting('pgrunbook.word')));
            END
            $$
            '''
    }
}
