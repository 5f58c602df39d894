SELECT indisvalid FROM pg_index WHERE indexrelid = 'i'::regclass;
