runbook('golden/secrets') {
    version '1.0.0'
    title 'A case'

    param('password', type: 'secret', required: true)
    param('role', type: 'identifier', default: 'golden secret role')

    target('db')

    sql('literal') {
        target 'db'
        sql 'CREATE ROLE :"role" PASSWORD :\'password\''
    }

    sql('bound') {
        target 'db'
        sql 'INSERT INTO t VALUES (length(:password))'
    }

    sql('said') {
        target 'db'
        sql 'DO $$ BEGIN RAISE EXCEPTION \'the secret is %\', current_setting(\'pgrunbook.password\'); END $$'
    }

    always {
        sql('away') {
            target 'db'
            sql 'DROP ROLE :"role"'
        }
    }
}
