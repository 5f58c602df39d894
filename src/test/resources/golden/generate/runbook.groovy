runbook('golden/generate') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('fill') {
        target 'db'
        sql "SELECT format('INSERT INTO log (x) VALUES (%s);', n) AS statement, n AS number, 'why' AS " +
            'reason FROM generate_series(1, 3) AS n'
        save done
    }

    sql('use') {
        target 'db'
        sql 'INSERT INTO log (x) SELECT number + 10 FROM jsonb_to_recordset(:done) AS r(number int)'
    }
}
