runbook('golden/check-message-per-row') {
    version '1.0.0'
    title 'A case'

    target('db')

    check('twenty-five') {
        target 'db'
        expect 'empty'
        sql "SELECT n, 'x' AS y FROM generate_series(1, 25) AS n"
        message 'row ${n} is ${y}'
    }
}
