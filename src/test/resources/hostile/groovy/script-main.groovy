static void main(String[] a) { new File('hostile-marker').createNewFile() }
