runbook('golden/check-not-passed-twice') {
    version '1.0.0'
    title 'A case'

    target('db')

    check('once') {
        target 'db'
        sql 'SELECT count(*) = 0 FROM t'
    }

    sql('fill') {
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }

    gate('stop') {
        text 'Go on?'
        type 'yes please'
    }
}
