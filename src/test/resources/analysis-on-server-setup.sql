CREATE SCHEMA archive;
CREATE DOMAIN plain AS text;
CREATE DOMAIN strict AS text CHECK (VALUE <> '');
CREATE TYPE mood AS ENUM ('happy');
CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NEW; END';
CREATE FUNCTION steady() RETURNS int IMMUTABLE LANGUAGE sql AS 'SELECT 1';
CREATE FUNCTION unsteady() RETURNS int LANGUAGE plpgsql AS 'BEGIN RETURN 1; END';
CREATE TABLE person (
  id int PRIMARY KEY, name varchar(20), nick text,
  CONSTRAINT nick_there CHECK (nick IS NOT NULL));
CREATE INDEX person_by_name ON person (name);
CREATE TABLE orders (id int PRIMARY KEY, person_id int, amount int,
  CONSTRAINT orders_person FOREIGN KEY (person_id) REFERENCES person ON DELETE CASCADE);
CREATE TABLE notes (id int PRIMARY KEY, person_id int);
ALTER TABLE notes ADD CONSTRAINT notes_person FOREIGN KEY (person_id) REFERENCES person NOT VALID;
CREATE VIEW names AS SELECT name FROM person;
CREATE MATERIALIZED VIEW counted AS SELECT 1 AS x;
CREATE UNIQUE INDEX ON counted (x);
CREATE TRIGGER audited AFTER UPDATE ON person FOR EACH ROW EXECUTE FUNCTION audit();
CREATE TABLE loose (id int);
CREATE TABLE typed (
  v20 varchar(20), c3 char(3), x text, dom plain, n62 numeric(6, 2), ts timestamp,
  ts3 timestamp(3), tz timestamptz, vb varbit(8), iv interval, addr cidr, num int,
  arr varchar(20)[]);
CREATE PUBLICATION p FOR TABLE person;
CREATE TABLE parts (id int, at date) PARTITION BY RANGE (at);
CREATE TABLE parts_2025 PARTITION OF parts FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
CREATE TABLE parts_rest PARTITION OF parts DEFAULT;
CREATE TABLE parts_2026 (id int, at date);
INSERT INTO person SELECT n, 'x', 'n' FROM generate_series(1, 10) n;
INSERT INTO orders VALUES (1, 1, 1), (2, 2, 1);
INSERT INTO loose VALUES (1), (2);
INSERT INTO typed VALUES
  ('a', 'b', 'c', 'd', 1, now(), now(), now(), B'101', '1 day', '10.0.0.0/8', 1, '{a}');
