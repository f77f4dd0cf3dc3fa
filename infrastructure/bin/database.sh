#!/bin/sh
# The local database: in Docker where an engine answers, else embedded, with the same port, name, user and content.
# Usage: database.sh up|down|status|logs|clean|psql|backup|restore
#
# INFRASTRUCTURE=docker|embedded decides in place of looking for an engine.
# INFRASTRUCTURE_PORT and INFRASTRUCTURE_DATA move the embedded server to another port and directory;
# INFRASTRUCTURE_CLASSPATH is where its classes are, in place of building them.
# WELLHEAD is the command that runs psql, pg_dump and pg_restore on the database that the environment names
# (DATABASE_URL, DB_HOST or DB_SECRET_ID), in place of cli/bin/wellhead.
# FORCE=1 (or CI) answers yes to what would be asked.
set -eu

infrastructure=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
root=$(dirname -- "$infrastructure")
name=monorepo_dev
backups=$infrastructure/backups

say() { printf '%s\n' "$*"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Asks, unless told not to; without somebody to ask the answer is no.
confirm() {
    [ "${FORCE:-}" = 1 ] || [ -n "${CI:-}" ] && return 0
    [ -t 0 ] || fail "$1 Nobody is here to confirm it: say FORCE=1."
    printf '%s Type yes to go on: ' "$1"
    read -r answer || answer=
    [ "$answer" = yes ] || fail "Nothing was changed."
}

. "$infrastructure/bin/docker.sh"
. "$infrastructure/bin/embedded.sh"
. "$infrastructure/bin/clients.sh"

# An embedded server that runs is the one that is meant, also where an engine has come up since.
variant() {
    if [ -n "${INFRASTRUCTURE:-}" ]; then
        say "$INFRASTRUCTURE"
    elif embedded_pid >/dev/null || ! docker_answers; then
        say embedded
    else
        say docker
    fi
}

verb=${1:-}
case $verb in
    up | down | status | logs | clean | psql | backup | restore) ;;
    *) fail "Usage: database.sh up|down|status|logs|clean|psql|backup|restore" ;;
esac
wellhead=${WELLHEAD:-$root/cli/bin/wellhead}
case $verb in
    psql | backup | restore)
        if [ -z "${INFRASTRUCTURE:-}" ] && [ -n "${DATABASE_URL:-}${DB_HOST:-}${DB_SECRET_ID:-}" ]; then
            variant() { say environment; }
            name=$("$wellhead" exec -- sh -c 'printf %s "$PGDATABASE"') || exit 1
        fi
        ;;
esac
variant=$(variant)
case $variant in
    docker | embedded | environment) ;;
    *) fail "INFRASTRUCTURE is '$variant'. Use one of: docker, embedded." ;;
esac
case $verb in
    psql) client_psql ;;
    backup) client_backup ;;
    restore) client_restore ;;
    *) "${variant}_$verb" ;;
esac
