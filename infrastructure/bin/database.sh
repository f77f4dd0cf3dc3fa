#!/bin/sh
# Runs the local database: in Docker if a Docker engine is running, otherwise with the embedded server. Port, name, user
# and content are the same. SERVICES adds other services: up starts them too, and the verbs down, status, logs and clean
# apply to everything, or only to the services in SERVICES. variables prints the variables of the services in SERVICES.
# Usage: database.sh up|down|status|logs|clean|variables|psql|backup|restore
#
# SERVICES                         some of: cache queue rabbitmq storage search pooler metrics. rabbitmq needs Docker.
# INFRASTRUCTURE=docker|embedded   selects one of the two.
# INFRASTRUCTURE_CACHE             the server of the cache: redis (default) or valkey.
# INFRASTRUCTURE_PORT              the port of the embedded server (default: 5432).
# INFRASTRUCTURE_<SERVICE>_PORT    the port of a service without Docker, for example INFRASTRUCTURE_CACHE_PORT (6379).
# INFRASTRUCTURE_DATA              the directory of the servers without Docker (default: infrastructure/.data; for root, if
#                                  other users cannot enter that directory, /var/lib/wellhead).
# INFRASTRUCTURE_BACKUPS           the directory of the backups (default: infrastructure/backups).
# INFRASTRUCTURE_CLASSPATH         the class path of the embedded server; by default the script builds the module.
# INFRASTRUCTURE_PROGRAMS          the directory with the programs of the services without Docker, as
#                                  infrastructure/local-services has them; by default the script gets them with Maven.
# WELLHEAD                         the command that runs psql, pg_dump and pg_restore if the environment names the database
#                                  (default: cli/bin/wellhead).
# FORCE=1 (or CI)                  confirms every question, except that of restore in a strict environment.
# RESTORE_DATABASE                 confirms restore, if it is the name of the database.
set -eu

infrastructure=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd)
root=$(dirname -- "$infrastructure")
name=monorepo_dev
backups=${INFRASTRUCTURE_BACKUPS:-$infrastructure/backups}
services=${SERVICES:-}

print() { printf '%s\n' "$*"; }
lines() { printf '%s\n' "$@"; }
fail() { printf '%s\n' "$*" >&2; exit 1; }

# Asks for confirmation, unless FORCE or CI is set. Fails if there is no terminal to ask on.
confirm() {
    [ "${FORCE:-}" = 1 ] || [ -n "${CI:-}" ] && return 0
    [ -t 0 ] || fail "$1 There is no terminal for a confirmation. Set FORCE=1 to confirm."
    printf '%s Type yes to continue: ' "$1"
    read -r answer || answer=
    [ "$answer" = yes ] || fail "Nothing was changed."
}

. "$infrastructure/bin/services.sh"
. "$infrastructure/bin/variables.sh"
. "$infrastructure/bin/docker.sh"
. "$infrastructure/bin/embedded.sh"
. "$infrastructure/bin/programs.sh"
. "$infrastructure/bin/background.sh"
. "$infrastructure/bin/clients.sh"
. "$infrastructure/bin/restore.sh"

# A running embedded server takes precedence, even if a Docker engine was started later.
variant() {
    if [ -n "${INFRASTRUCTURE:-}" ]; then
        print "$INFRASTRUCTURE"
    elif embedded_pid >/dev/null || ! docker_answers; then
        print embedded
    else
        print docker
    fi
}

environment_names_a_database() {
    [ -n "${DATABASE_URL:-}${DB_HOST:-}${DB_SECRET_ID:-}" ] ||
        [ -n "${DATABASE_URL_FILE:-}${DB_HOST_FILE:-}${DB_SECRET_FILE:-}${SERVICE_BINDING_ROOT:-}" ]
}

# Whether the environment has strict rules. Only the names in this list have lenient ones, as in the library.
strict() {
    [ "$variant" = environment ] || return 1
    case $environment in local | dev | development | test | ci) return 1 ;; esac
}

case ${ENVIRONMENT:-} in
    *[![:space:]]*) environment=$ENVIRONMENT ;;
    *) environment=local ;;
esac
verb=${1:-}
case $verb in
    up | down | status | logs | clean | variables | psql | backup | restore) ;;
    *) fail "Usage: database.sh up|down|status|logs|clean|variables|psql|backup|restore" ;;
esac
wellhead=${WELLHEAD:-$root/cli/bin/wellhead}
case $verb in
    up | down | status | logs | clean | variables) check_services ;;
    psql | backup | restore)
        if [ -z "${INFRASTRUCTURE:-}" ] && environment_names_a_database; then
            variant() { print environment; }
            # shellcheck disable=SC2016 # wellhead sets the variable
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
    variables) print_variables ;;
    *) "${variant}_$verb" ;;
esac
