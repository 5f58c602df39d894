runbook('golden/gate') {
    version '1.0.0'
    title 'A case'

    param('name', type: 'text', default: 'it')

    target('db')

    gate('plain') {
        text 'Is ${name} ready?'
    }

    gate('typed') {
        text 'Sure?'
        type 'delete ${name}'
    }

    sql('end') {
        target 'db'
        sql 'INSERT INTO t VALUES (1)'
    }
}
