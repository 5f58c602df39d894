def f = { 'touch hostile-marker'.execute() }
f()
