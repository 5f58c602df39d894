runbook('golden/check') {
    version '1.0.0'
    title 'A case'

    target('db')

    check('holds') {
        target 'db'
        sql 'SELECT true'
    }

    check('empty') {
        target 'db'
        expect 'empty'
        sql 'SELECT 1 WHERE false'
    }

    check('non-empty') {
        target 'db'
        expect 'nonEmpty'
        sql 'SELECT 1'
    }

    check('null-is-false') {
        target 'db'
        sql 'SELECT NULL::boolean'
    }
}
