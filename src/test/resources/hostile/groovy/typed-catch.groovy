try { } catch (FileOutputStream e) { }
