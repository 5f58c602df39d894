runbook('golden/gate-approvals') {
    version '1.0.0'
    title 'A case'

    target('db')

    gate('two') {
        text 'Sure?'
        approvals 2
    }
}
