/* A block comment before all. */

// Tables that matter.
def tables = [
    'a', // the first
    'b'
]

/**
 * Counts rows.
 *
 * @param table which
 */
def count(table) {
    // inside a method
    query("count-${table}") { target 'db'; sql "SELECT count(*) FROM ${table}" } // after braces
}

runbook('comments/groovy') { // after the brace
    version '1.0.0'; title 'Comments' // after two
    // before always
    always {
        // inside always
        wait('last') { wait '1s' }
    }
    // before a target
    target('db') /* between */ { description 'x' }
    // before a loop
    for (table in tables) {
        count(table)
    }
    probe('poll') {
        sources { db 'SELECT 1 AS n' }
        // before until
        until 'n == 1' // after until
        stall {
            after '1s'
            steps {
                // before a nested step
                wait('nested') { wait '1s' }
            }
        }
        // before the brace
    }
}
// the end
