runbook('golden/manual') {
    version '1.0.0'
    title 'A case'

    target('db')

    manual('plain') {
        text 'Pull the plug'
    }

    manual('read') {
        text 'Read the meter'
        ask(meter: 'integer', who: 'text')
    }

    sql('use') {
        target 'db'
        sql 'INSERT INTO t VALUES (:meter / 2)'
    }
}
