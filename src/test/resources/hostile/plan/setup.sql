-- A database whose owner means ill. Whatever happens leaves a message in the write-ahead log, also
-- from within a read-only transaction that is rolled back.

CREATE EXTENSION dblink;
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION hstore;
CREATE EXTENSION tablefunc;
CREATE EXTENSION citext;

CREATE SCHEMA hostile;
CREATE TABLE hostile.rows (id int PRIMARY KEY, name varchar, amount numeric);
INSERT INTO hostile.rows SELECT i, 'n' || i, i FROM generate_series(1, 20) AS i;
CREATE SEQUENCE hostile.counter;

CREATE FUNCTION hostile.act(what text) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_logical_emit_message(false, 'hostile', what || repeat('!', 1000));
END $$;

-- Liars: they say that they depend on nothing but their arguments.
CREATE FUNCTION hostile.trip(what text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act(what);
  RETURN true;
END $$;
CREATE FUNCTION hostile.trip_int(n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('int');
  RETURN n;
END $$;
CREATE FUNCTION hostile.a_name_of_more_than_sixty_three_characters_that_the_server_cuts(what text)
RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act(what);
  RETURN true;
END $$;
CREATE PROCEDURE hostile.proc() LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('proc');
END $$;

-- Called by a dot.
CREATE FUNCTION public.trip_row(r hostile.rows) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('row');
  RETURN 1;
END $$;

-- Called by an operator.
CREATE FUNCTION public.trip_op(a int, b int) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('operator');
  RETURN a < b;
END $$;
CREATE OPERATOR public.### (LEFTARG = int, RIGHTARG = int, FUNCTION = public.trip_op);
CREATE OPERATOR public.<<< (LEFTARG = int, RIGHTARG = int, FUNCTION = public.trip_op);

-- Called by a cast.
CREATE TYPE hostile.mood AS ENUM ('sad', 'happy');
CREATE FUNCTION hostile.mood_text(m hostile.mood) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('cast');
  RETURN 'mood';
END $$;
CREATE CAST (hostile.mood AS text) WITH FUNCTION hostile.mood_text(hostile.mood) AS IMPLICIT;
CREATE FUNCTION hostile.mood_json(m hostile.mood) RETURNS json LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('cast to json');
  RETURN '1';
END $$;
CREATE CAST (hostile.mood AS json) WITH FUNCTION hostile.mood_json(hostile.mood);
CREATE TABLE hostile.moods (id int, mood hostile.mood);
INSERT INTO hostile.moods VALUES (1, 'sad');

-- Called by the constraint of a domain.
CREATE DOMAIN hostile.positive AS int CHECK (hostile.trip_int(VALUE) > 0);
CREATE TYPE hostile.pair AS (a hostile.positive, b text);
CREATE TYPE hostile.plain_pair AS (a int);

CREATE TABLE hostile.positives (a hostile.positive[], p hostile.pair);

-- Called by sorting.
CREATE FUNCTION hostile.trip_cmp(a hostile.plain_pair, b hostile.plain_pair) RETURNS int
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('sort');
  RETURN 0;
END $$;
CREATE FUNCTION hostile.trip_less(a hostile.plain_pair, b hostile.plain_pair) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('less');
  RETURN false;
END $$;
CREATE OPERATOR hostile.<<< (LEFTARG = hostile.plain_pair, RIGHTARG = hostile.plain_pair, FUNCTION = hostile.trip_less);
CREATE OPERATOR hostile.>>> (LEFTARG = hostile.plain_pair, RIGHTARG = hostile.plain_pair, FUNCTION = hostile.trip_less);
CREATE OPERATOR hostile.=== (LEFTARG = hostile.plain_pair, RIGHTARG = hostile.plain_pair, FUNCTION = hostile.trip_less);
CREATE OPERATOR CLASS hostile.pair_ops DEFAULT FOR TYPE hostile.plain_pair USING btree AS
  OPERATOR 1 hostile.<<<, OPERATOR 3 hostile.===, OPERATOR 5 hostile.>>>,
  FUNCTION 1 hostile.trip_cmp(hostile.plain_pair, hostile.plain_pair);
CREATE TABLE hostile.pairs (p hostile.plain_pair);
INSERT INTO hostile.pairs SELECT ROW(i)::hostile.plain_pair FROM generate_series(1, 3) AS i;

-- Called by views, directly, through another view, and by PostgreSQL's own functions.
CREATE VIEW hostile.v_trip AS SELECT id, hostile.trip('view') AS t FROM hostile.rows;
CREATE VIEW hostile.v_over AS SELECT * FROM hostile.v_trip;
CREATE VIEW hostile.v_counter AS SELECT nextval('hostile.counter') AS n;
CREATE VIEW hostile.v_terminate AS
  SELECT pg_terminate_backend(pid) AS done FROM pg_stat_activity WHERE application_name = 'canary';
CREATE VIEW hostile.v_operator AS SELECT 1 OPERATOR(public.###) 2 AS t;
CREATE VIEW hostile.v_locking AS SELECT pg_try_advisory_lock(77) AS l;
CREATE VIEW hostile.v_updating AS SELECT id FROM hostile.rows FOR UPDATE;

CREATE MATERIALIZED VIEW hostile.materialized AS SELECT hostile.trip('materialized') WITH NO DATA;

-- Called by the policy of a table.
CREATE TABLE hostile.guarded (id int);
INSERT INTO hostile.guarded VALUES (1);
ALTER TABLE hostile.guarded ENABLE ROW LEVEL SECURITY;
ALTER TABLE hostile.guarded FORCE ROW LEVEL SECURITY;
CREATE POLICY p ON hostile.guarded USING (hostile.trip('policy'));

-- Called when the planner looks at a table: constants are folded, predicates tried.
CREATE TABLE hostile.indexed (a int, b int);
INSERT INTO hostile.indexed VALUES (1, 1);
CREATE INDEX ON hostile.indexed ((a + hostile.trip_int(1)));
CREATE TABLE hostile.partial (a int);
INSERT INTO hostile.partial VALUES (1);
CREATE INDEX ON hostile.partial (a) WHERE hostile.trip('predicate');
CREATE TABLE hostile.checked (a int CHECK (a > hostile.trip_int(0)));
INSERT INTO hostile.checked VALUES (1);
CREATE TABLE hostile.measured (a int, b int);
INSERT INTO hostile.measured VALUES (1, 1);
CREATE STATISTICS hostile.s ON (a + hostile.trip_int(1)), b FROM hostile.measured;
CREATE TABLE hostile.parent (a int) PARTITION BY RANGE ((a + hostile.trip_int(0)));

-- Reached by inheritance.
CREATE TABLE hostile.top (a int);
CREATE TABLE hostile.bottom (CHECK (hostile.trip('child'))) INHERITS (hostile.top);
CREATE INDEX ON hostile.bottom ((a + hostile.trip_int(1)));
INSERT INTO hostile.bottom VALUES (1);

-- Foreign tables: another session, which is in no read-only transaction.
CREATE SERVER loopback FOREIGN DATA WRAPPER postgres_fdw
  OPTIONS (host '@HOST@', port '@PORT@', dbname '@DATABASE@');
CREATE USER MAPPING FOR CURRENT_USER SERVER loopback OPTIONS (user '@USER@', password '@PASSWORD@');
CREATE FOREIGN TABLE hostile.remote (id int, t boolean) SERVER loopback
  OPTIONS (schema_name 'hostile', table_name 'v_trip');
CREATE TABLE hostile.mixed (id int, t boolean) PARTITION BY RANGE (id);
CREATE FOREIGN TABLE hostile.mixed_far PARTITION OF hostile.mixed FOR VALUES FROM (0) TO (100)
  SERVER loopback OPTIONS (schema_name 'hostile', table_name 'v_trip');
CREATE VIEW hostile.v_remote AS SELECT * FROM hostile.remote;

-- SQL functions that say they only read.
CREATE FUNCTION hostile.sql_text() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT nextval('hostile.counter') $$;
CREATE FUNCTION hostile.sql_atomic() RETURNS boolean LANGUAGE sql STABLE RETURN hostile.trip('atomic');
CREATE FUNCTION hostile.sql_nested() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT hostile.sql_text() $$;
CREATE FUNCTION hostile.sql_default(a int DEFAULT hostile.trip_int(1)) RETURNS int LANGUAGE sql IMMUTABLE AS $$ SELECT a $$;
CREATE FUNCTION hostile.sql_reading() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM hostile.v_trip $$;
CREATE FUNCTION hostile.sql_setting() RETURNS int LANGUAGE sql STABLE SET work_mem = '64kB' AS $$ SELECT 1 $$;
CREATE FUNCTION hostile.sql_volatile() RETURNS int LANGUAGE sql VOLATILE AS $$ SELECT 1 $$;
CREATE FUNCTION hostile.sql_writing() RETURNS int LANGUAGE sql VOLATILE AS $$ DELETE FROM hostile.rows RETURNING 1 $$;

-- Aggregates.
CREATE FUNCTION hostile.trip_step(state int, n int) RETURNS int LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('aggregate');
  RETURN coalesce(state, 0) + n;
END $$;
CREATE AGGREGATE hostile.total(int) (SFUNC = hostile.trip_step, STYPE = int);

-- A range whose bounds are compared by a hostile function.
CREATE TYPE hostile.pair_range AS RANGE (SUBTYPE = hostile.plain_pair, SUBTYPE_OPCLASS = hostile.pair_ops);

-- A member of an extension that is trusted otherwise.
CREATE FUNCTION public.hstore_trusted(what text) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act(what);
  RETURN true;
END $$;
ALTER EXTENSION hstore ADD FUNCTION public.hstore_trusted(text);

-- What well-meant plans read.
CREATE TABLE public.orders (id int PRIMARY KEY, note text, tags hstore, email citext);
INSERT INTO public.orders VALUES (1, 'first', 'a=>1', 'A@B');
CREATE INDEX orders_note ON public.orders (note);
CREATE VIEW public.order_notes AS SELECT id, upper(note) AS note FROM public.orders;
CREATE FUNCTION public.order_count() RETURNS bigint LANGUAGE sql STABLE AS $$ SELECT count(*) FROM public.orders $$;
CREATE FUNCTION public.order_count_parsed() RETURNS bigint LANGUAGE sql STABLE RETURN (SELECT count(*) FROM public.orders);
CREATE TYPE public.state AS ENUM ('open', 'closed');
CREATE TABLE public.states (id int, s public.state);
INSERT INTO public.states VALUES (1, 'open');

-- What is a string for one reader of SQL is none for another.
ALTER DATABASE @DATABASE@ SET standard_conforming_strings = off;
