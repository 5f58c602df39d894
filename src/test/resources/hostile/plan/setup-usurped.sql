-- A database whose search path begins with a schema that has what every session uses, so that a
-- program that does not say where it means its operators and functions calls these.

CREATE SCHEMA hostile;
CREATE SCHEMA usurper;
CREATE TABLE hostile.rows (id int PRIMARY KEY, name text);
INSERT INTO hostile.rows VALUES (1, 'n');
CREATE FUNCTION hostile.act(what text) RETURNS void LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog AS $$
BEGIN
  PERFORM pg_logical_emit_message(false, 'hostile', what || repeat('!', 1000));
END $$;
DO $make$
DECLARE
  type text;
  operator text;
BEGIN
  FOREACH type IN ARRAY ARRAY['text', 'oid', 'name', '"char"', 'int2', 'int4', 'int8', 'bool', 'regclass', 'anyarray'] LOOP
    FOREACH operator IN ARRAY ARRAY['=', '<>', '<', '>=', '~~', '!~~'] LOOP
      CONTINUE WHEN operator ~ '~' AND type <> 'text';
      EXECUTE format($f$
        CREATE FUNCTION usurper.%1$I(a %2$s, b %2$s) RETURNS boolean LANGUAGE plpgsql IMMUTABLE AS $$
        BEGIN
          PERFORM hostile.act('usurped operator');
          RETURN true;
        END $$$f$, 'op_' || md5(type || operator), type);
      EXECUTE format('CREATE OPERATOR usurper.%1$s (LEFTARG = %2$s, RIGHTARG = %2$s, FUNCTION = usurper.%3$I)',
                     operator, type, 'op_' || md5(type || operator));
    END LOOP;
  END LOOP;
END $make$;
CREATE FUNCTION usurper.set_config(a text, b text, c boolean) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('set_config');
  RETURN b;
END $$;
CREATE FUNCTION usurper.current_setting(a text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('current_setting');
  RETURN 'on';
END $$;
CREATE FUNCTION usurper.pg_backend_pid() RETURNS int LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('pid');
  RETURN 1;
END $$;
CREATE FUNCTION usurper.pg_is_in_recovery() RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('recovery');
  RETURN false;
END $$;
CREATE FUNCTION usurper.count(a bigint) RETURNS bigint LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('count');
  RETURN 1;
END $$;
CREATE FUNCTION usurper.unnest(a oid[]) RETURNS SETOF oid LANGUAGE plpgsql AS $$
BEGIN
  PERFORM hostile.act('unnest');
END $$;
CREATE VIEW usurper.pg_proc AS SELECT hostile.act('pg_proc')::text AS act, p.* FROM pg_catalog.pg_proc AS p;
CREATE VIEW usurper.pg_class AS SELECT hostile.act('pg_class')::text AS act, c.* FROM pg_catalog.pg_class AS c;
CREATE VIEW usurper.pg_type AS SELECT hostile.act('pg_type')::text AS act, t.* FROM pg_catalog.pg_type AS t;
ALTER DATABASE @DATABASE@ SET search_path = usurper, pg_catalog, public;
