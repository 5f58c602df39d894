runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    param('follow') { type 'boolean'; defaultValue false }
    target('db')
    target('other')

    gate('go') { text 'Ready?'; type 'yes'; approvals 2 }
    manual('look') { text 'Read the dashboard'; ask(lag: 'interval') }
    wait('short') { wait '10m' }
    wait('tonight') { until '22:00'; zone 'Europe/Berlin' }
    wait('named', wait: '5s')
    steps('group') {
        title 'Together'
        query('a') { target 'db'; sql 'SELECT 1' }
        gate('b', text: 'b?')
    }
    query('use') { target 'other'; when 'follow'; sql 'SELECT :tables' }
}
