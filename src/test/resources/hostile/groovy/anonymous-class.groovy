def r = new Runnable() { void run() { } }
