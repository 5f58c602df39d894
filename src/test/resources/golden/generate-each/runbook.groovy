runbook('golden/generate-each') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('fill') {
        target 'db'
        transaction 'each'
        review 'none'
        pause '20ms'
        sql "SELECT 'INSERT INTO log (x) VALUES (txid_current())' FROM generate_series(1, 3)"
    }
}
