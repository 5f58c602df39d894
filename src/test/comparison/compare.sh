#!/bin/sh
# Kills other tools at random moments, the way the soak tests kill pgrunbook, lets each go on the way
# its users do (the same command once more), and counts what is there twice and what is missing.
#
#   src/test/comparison/compare.sh [ROUNDS] [TOOL…]
#
# TOOL: psql, psql-1 (one transaction), liquibase-each (a change set for each statement),
# liquibase-one (one change set of all), ansible (a task for each tenth statement).
# Needs psql and libpq's variables (PGHOST, PGPORT, PGUSER, PGDATABASE), and a database to throw
# away. Liquibase needs Maven and Java 17, Ansible `apt-get install ansible-core`; what is not there
# is said and left out. Works in target/comparison.
set -eu
rounds=${1:-20}
[ $# -eq 0 ] || shift
tools=${*:-psql psql-1 liquibase-each liquibase-one ansible}
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
work=$here/../../../target/comparison
mkdir -p "$work"
work=$(CDPATH='' cd -- "$work" && pwd)
many=300
jdbc="jdbc:postgresql://${PGHOST:-127.0.0.1}:${PGPORT:-5432}/${PGDATABASE:-postgres}?user=${PGUSER:-postgres}"

export PGOPTIONS='-c client_min_messages=warning'
query() { psql -X -q -At -v ON_ERROR_STOP=1 -c "$1"; }

write_scripts() {
  seq "$many" | sed 's/.*/INSERT INTO effects VALUES (&);/' >"$work/insert.sql"
  {
    echo '--liquibase formatted sql'
    seq "$many" | while read -r n; do
      printf -- '--changeset proof:%s\nINSERT INTO effects VALUES (%s);\n' "$n" "$n"
    done
  } >"$work/each.sql"
  {
    printf -- '--liquibase formatted sql\n--changeset proof:all runInTransaction:false\n'
    cat "$work/insert.sql"
  } >"$work/one.sql"
  {
    printf -- '- hosts: localhost\n  connection: local\n  gather_facts: false\n  tasks:\n'
    printf -- '    - command: psql -X -q -c "INSERT INTO effects VALUES ({{ item }})"\n'
    printf -- '      loop: "{{ range(1, %s) | list }}"\n' $((many / 10 + 1))
  } >"$work/insert.yml"
}

prepare_liquibase() {
  [ -d "$work/lib" ] || mvn -q -B -ntp -f "$here/liquibase/pom.xml" dependency:copy-dependencies -DoutputDirectory="$work/lib"
  [ -f "$work/Update.class" ] || javac -cp "$work/lib/*" -d "$work" "$here/liquibase/Update.java"
}

# start TOOL: in a process group of its own, so that a kill leaves nobody behind.
start() {
  case $1 in
    psql) set -- psql -X -q -v ON_ERROR_STOP=1 -f "$work/insert.sql" ;;
    psql-1) set -- psql -X -q -v ON_ERROR_STOP=1 -1 -f "$work/insert.sql" ;;
    liquibase-each) set -- java -cp "$work:$work/lib/*" Update "$jdbc" "$work" each.sql ;;
    liquibase-one) set -- java -cp "$work:$work/lib/*" Update "$jdbc" "$work" one.sql ;;
    ansible) set -- ansible-playbook -i localhost, "$work/insert.yml" ;;
  esac
  setsid "$@" >"$work/output" 2>&1 &
  process=$!
}

compare() {
  tool=$1
  rows=$many
  case $tool in
    liquibase-*) prepare_liquibase ;;
    ansible) rows=$((many / 10)) ;;
  esac
  query 'DROP TABLE IF EXISTS databasechangelog, databasechangeloglock; TRUNCATE effects'
  begun=$(date +%s%N)
  start "$tool"
  wait "$process" || { echo "$tool: does not work here: $(tail -n 1 "$work/output")"; return 0; }
  whole=$((($(date +%s%N) - begun) / 1000000))
  twice=0 missing=0 wrong=0 killed=0 given_up=0
  for round in $(seq "$rounds"); do
    query 'DROP TABLE IF EXISTS databasechangelog, databasechangeloglock; TRUNCATE effects'
    start "$tool"
    sleep "$(awk -v whole="$whole" -v seed="$round$(date +%N)" 'BEGIN { srand(seed); print rand() * whole / 1000 }')"
    kill -s KILL -- "-$process" 2>/dev/null || :
    # Who had ended by then has no reason to be started once more.
    if wait "$process" 2>/dev/null; then continue; fi
    killed=$((killed + 1))
    # A server process notices its client's death when it next writes to it.
    while [ "$(query "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()")" != 0 ]; do sleep 0.05; done
    start "$tool"
    wait "$process" || given_up=$((given_up + 1))
    set -- $(query "SELECT count(*) FILTER (WHERE c > 1), $rows - count(*) FROM (SELECT n, count(*) AS c FROM effects WHERE n <= $rows GROUP BY n) AS e" | tr '|' ' ')
    twice=$((twice + $1)) missing=$((missing + $2))
    [ "$1$2" = 00 ] || wrong=$((wrong + 1))
  done
  echo "$tool: $killed of $rounds runs of $rows statements killed; after the second try $wrong runs wrong, $twice statements twice, $missing missing, $given_up tries failed"
}

write_scripts
query 'DROP TABLE IF EXISTS effects'
query 'CREATE TABLE effects (n int)'
for tool in $tools; do
  case $tool in
    ansible) command -v ansible-playbook >/dev/null || { echo "ansible: SKIPPED, there is no ansible-playbook (apt-get install ansible-core)"; continue; } ;;
    liquibase-*) command -v mvn >/dev/null || { echo "$tool: SKIPPED, there is no mvn"; continue; } ;;
  esac
  compare "$tool"
done
query 'DROP TABLE IF EXISTS effects, databasechangelog, databasechangeloglock'
