runbook('golden/abort') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('first') {
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }

    gate('stop') {
        text 'Go on?'
    }

    sql('never') {
        target 'db'
        sql 'INSERT INTO t VALUES (2)'
    }

    onFailure {
        sql('repair') {
            target 'db'
            sql 'INSERT INTO t VALUES (10)'
        }
    }

    always {
        gate('ask') {
            text 'Tidy up?'
        }

        sql('tidy') {
            target 'db'
            sql 'INSERT INTO t VALUES (100)'
        }
    }
}
