CREATE SCHEMA IF NOT EXISTS pgrunbook;

CREATE TABLE pgrunbook.versions (
  version int PRIMARY KEY,
  role name NOT NULL DEFAULT session_user,
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE pgrunbook.versions IS 'What pgrunbook has made of this schema; the highest version is what it is.';

CREATE TABLE pgrunbook.runs (
  run text PRIMARY KEY,
  epoch bigint NOT NULL,
  role name NOT NULL DEFAULT session_user,
  created_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE pgrunbook.runs IS 'Every run; the epoch counts its owners, and only the last one may append.';

CREATE TABLE pgrunbook.events (
  run text NOT NULL REFERENCES pgrunbook.runs,
  seq bigint NOT NULL,
  event text NOT NULL,
  epoch bigint NOT NULL,
  role name NOT NULL DEFAULT session_user,
  record text NOT NULL,
  PRIMARY KEY (run, seq)
);
COMMENT ON TABLE pgrunbook.events IS 'The journals: records as in a file, line by line, chained by hashes.';

CREATE TABLE pgrunbook.attachments (
  run text NOT NULL REFERENCES pgrunbook.runs,
  digest text NOT NULL,
  content text NOT NULL,
  PRIMARY KEY (run, digest)
);
COMMENT ON TABLE pgrunbook.attachments IS 'What is too long for a record, by its SHA-256.';

CREATE TABLE pgrunbook.approvals (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  run text NOT NULL REFERENCES pgrunbook.runs,
  step text NOT NULL,
  items int[] NOT NULL DEFAULT '{}',
  digest text NOT NULL,
  answer text NOT NULL CHECK (answer IN ('approved', 'rejected')),
  comment text,
  role name NOT NULL DEFAULT session_user,
  given_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  seq bigint
);
CREATE INDEX ON pgrunbook.approvals (run) WHERE seq IS NULL;
COMMENT ON TABLE pgrunbook.approvals IS 'What people answered; seq is the record that tells it, null until the run has taken note.';

CREATE TABLE pgrunbook.claims (
  what text PRIMARY KEY,
  token uuid NOT NULL,
  holder text NOT NULL,
  role name NOT NULL DEFAULT session_user,
  backend_pid int NOT NULL DEFAULT pg_catalog.pg_backend_pid(),
  since timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE pgrunbook.claims IS 'Who held what last; whether he still does, his advisory lock tells.';

CREATE FUNCTION pgrunbook.lock_key(what text) RETURNS bigint
LANGUAGE sql IMMUTABLE AS $$ SELECT pg_catalog.hashtextextended('pgrunbook ' OPERATOR(pg_catalog.||) what, 0) $$;

CREATE FUNCTION pgrunbook.stamp() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.role := session_user;
  RETURN NEW;
END $$;
COMMENT ON FUNCTION pgrunbook.stamp() IS 'Who somebody is, the server says, and not he.';

CREATE TRIGGER stamp BEFORE INSERT ON pgrunbook.runs FOR EACH ROW EXECUTE FUNCTION pgrunbook.stamp();
CREATE TRIGGER stamp BEFORE INSERT ON pgrunbook.events FOR EACH ROW EXECUTE FUNCTION pgrunbook.stamp();
CREATE TRIGGER stamp BEFORE INSERT OR UPDATE ON pgrunbook.claims FOR EACH ROW EXECUTE FUNCTION pgrunbook.stamp();

CREATE FUNCTION pgrunbook.stamp_answer() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog AS $$
BEGIN
  NEW.role := session_user;
  NEW.given_at := clock_timestamp();
  NEW.seq := NULL;
  RETURN NEW;
END $$;

CREATE TRIGGER stamp BEFORE INSERT ON pgrunbook.approvals FOR EACH ROW EXECUTE FUNCTION pgrunbook.stamp_answer();
