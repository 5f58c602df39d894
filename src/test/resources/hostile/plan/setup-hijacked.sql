-- A database in which PostgreSQL's own operators, functions and casts mean something else as soon as
-- one looks at them closely: a better match is preferred wherever it is in the search path.

CREATE SCHEMA hostile;
CREATE TABLE hostile.rows (id int PRIMARY KEY, name varchar, amount numeric);
INSERT INTO hostile.rows SELECT i, 'n' || i, i FROM generate_series(1, 20) AS i;
CREATE FUNCTION hostile.act(what text) RETURNS void LANGUAGE plpgsql VOLATILE AS $$
BEGIN
  PERFORM pg_logical_emit_message(false, 'hostile', what || repeat('!', 1000));
END $$;

CREATE FUNCTION public.trip_varchar(a varchar, b varchar) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('varchar');
  RETURN true;
END $$;
CREATE OPERATOR public.= (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.trip_varchar);
CREATE OPERATOR public.~~ (LEFTARG = varchar, RIGHTARG = varchar, FUNCTION = public.trip_varchar);
-- Stands in for lower(text) wherever a varchar is given.
CREATE FUNCTION public.lower(a varchar) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('lower');
  RETURN a;
END $$;

CREATE FUNCTION hostile.point_text(p point) RETURNS text LANGUAGE plpgsql IMMUTABLE AS $$
BEGIN
  PERFORM hostile.act('point');
  RETURN 'point';
END $$;
CREATE CAST (point AS text) WITH FUNCTION hostile.point_text(point) AS IMPLICIT;
