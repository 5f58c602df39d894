CREATE TABLE switch AS SELECT false AS works;
