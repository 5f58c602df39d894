runbook('golden/generate-single') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('fill') {
        target 'db'
        transaction 'single'
        review 'none'
        sql "SELECT 'INSERT INTO log (x) VALUES (txid_current())' FROM generate_series(1, 3)"
    }
}
