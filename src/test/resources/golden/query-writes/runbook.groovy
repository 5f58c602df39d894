runbook('golden/query-writes') {
    version '1.0.0'
    title 'A case'

    target('db')

    query('sly') {
        target 'db'
        sql 'SELECT write_it()'
    }
}
