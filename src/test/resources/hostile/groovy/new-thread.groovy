new Thread({ new File('hostile-marker').createNewFile() }).start()
