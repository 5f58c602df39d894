def <T extends File> T f(T t) { t }
