Eval.me("new File('hostile-marker').createNewFile()")
