def r = { new File('hostile-marker').createNewFile() } as Runnable
r.run()
