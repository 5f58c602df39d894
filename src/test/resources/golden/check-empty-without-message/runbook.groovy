runbook('golden/check-empty-without-message') {
    version '1.0.0'
    title 'A case'

    target('db')

    check('some') {
        target 'db'
        expect 'empty'
        sql 'SELECT 1 FROM generate_series(1, 3)'
    }
}
