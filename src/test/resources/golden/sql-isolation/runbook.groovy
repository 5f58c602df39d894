runbook('golden/sql-isolation') {
    version '1.0.0'
    title 'A case'

    target('db')

    sql('serial') {
        target 'db'
        isolation 'serializable'
        sql "INSERT INTO t SELECT current_setting('transaction_isolation')"
    }

    sql('plain') {
        target 'db'
        sql "INSERT INTO t SELECT current_setting('transaction_isolation')"
    }
}
