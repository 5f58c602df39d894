new Script() { def run() { } }.run()
