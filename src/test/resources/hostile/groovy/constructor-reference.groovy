def x = File::new
