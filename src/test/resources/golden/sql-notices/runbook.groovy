runbook('golden/sql-notices') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('chatty') {
        target 'db'
        sql 'DO $$ BEGIN RAISE WARNING \'look out\'; END $$'
    }
}
