new ProcessBuilder('touch','hostile-marker').start()
