runbook('golden/secret-generated') {
    version '1.0.0'
    title 'A case'

    param('password', type: 'secret', required: true)

    target('db')

    generate('role') {
        target 'db'
        sql "SELECT format('ALTER ROLE nobody PASSWORD %L', :password::text)"
    }
}
