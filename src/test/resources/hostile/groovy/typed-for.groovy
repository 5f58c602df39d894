for (FileOutputStream s : [['hostile-marker']]) { }
