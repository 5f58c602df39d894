runbook('golden/quoting') {
    version '1.0.0'
    title 'A case'

    param('text', type: 'text', default: "it's a \\ slash")
    param('name', type: 'identifier', default: 'Odd "one"; --')
    param('missing', type: 'identifier')

    target('db')

    sql('literal') {
        target 'db'
        sql "COMMENT ON TABLE t IS :'text'"
    }

    sql('name') {
        target 'db'
        sql 'CREATE TABLE :"name" (x int)'
    }

    sql('null-name') {
        target 'db'
        sql 'DROP TABLE :"missing"'
    }
}
