import java.nio.file.Files

class Table { String name }

runbook('example') {
    version '1.0.0'
    title 'An example'
    param('tables') { type 'table[]'; required true }
    target('db')

    def t = new Table(name: 'a')
    def f = 'x' as File
    def u = 'a'.&size
    version: '2'
    switch (t) { case 1: break }
    try { } catch (e) { }
    if (t = 1) { }
    query('q') { target 'db'; sql 'SELECT :tables' }
}
