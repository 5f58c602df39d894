runbook('golden/generate-review-when-destructive') {
    version '1.0.0'
    title 'A case'

    target('db')

    generate('harmless') {
        target 'db'
        review 'whenDestructive'
        sql "SELECT 'INSERT INTO log (x) VALUES (1)'"
    }

    generate('harmful') {
        target 'db'
        review 'whenDestructive'
        sql "SELECT 'DROP TABLE ' || 't'"
    }
}
