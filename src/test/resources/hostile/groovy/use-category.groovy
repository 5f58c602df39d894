use(Evil) { 1 }
