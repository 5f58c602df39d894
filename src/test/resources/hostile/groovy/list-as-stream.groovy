['hostile-marker'] as FileOutputStream
