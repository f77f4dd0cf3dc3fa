# psql, backup and restore. Read by database.sh. Uses the programs of the container, or those on the PATH.

client() { "${variant}_client" "$@"; }

# The database that the environment variables name, with its host, TLS settings and current credentials.
environment_client() { "$wellhead" exec -- "$@"; }

# Checks that the programs are installed and new enough: pg_dump refuses to read a server that is newer than itself.
require_clients() {
    [ "$variant" != docker ] || return 0
    oldest=$1
    shift
    for program; do
        command -v "$program" >/dev/null 2>&1 ||
            fail "$program is not on the PATH. Install PostgreSQL's client programs, version 16 or newer" \
                "(Debian, Ubuntu: postgresql-client; macOS: brew install libpq)."
        version=$("$program" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/')
        [ "${version:-0}" -ge "$oldest" ] ||
            fail "$program has version ${version:-unknown}, but the server has version 16 and needs $oldest or newer." \
                "Install postgresql-client-16 or newer (Debian, Ubuntu: from apt.postgresql.org; macOS: brew install libpq)."
    done
}

client_psql() {
    require_clients 10 psql
    if [ -n "${SQL:-}" ]; then
        client psql --no-psqlrc --set=ON_ERROR_STOP=1 --dbname="$name" --command="$SQL"
    else
        client psql --dbname="$name"
    fi
}

client_backup() {
    require_clients 16 pg_dump
    # the dump contains everything that the database protects
    umask 077
    mkdir -p "$backups"
    file=$backups/$name-$(date +%Y%m%d-%H%M%S).dump
    # a new file, because an existing one keeps its permissions
    unfinished=$(mktemp "$file.XXXXXX")
    client pg_dump --format=custom --dbname="$name" >"$unfinished" || {
        rm -f "$unfinished"
        fail "The backup failed."
    }
    mv -f "$unfinished" "$file"
    print "$file"
}

# Restores into a second database, which replaces the first one only if the whole dump was restored.
client_restore() {
    [ -n "${FILE:-}" ] || fail "FILE is not set. Usage: make restore FILE=infrastructure/backups/..."
    [ -r "$FILE" ] || fail "The file $FILE does not exist or is not readable."
    require_clients 16 pg_restore psql
    confirm "This replaces the database $name and ends all sessions on it."
    restoring=${name}_restoring
    script=$(mktemp)
    trap 'rm -f "$script"' EXIT
    client pg_restore --file=- <"$FILE" >"$script" || fail "$FILE is not a dump. The database $name was not changed."
    restore_control --command="drop database if exists $restoring with (force)" --command="create database $restoring"
    # A newer pg_restore writes a setting that PostgreSQL 16 does not have. Only lines before the first data are removed,
    # because a line of the data may look the same.
    sed '1,/^COPY /{/^SET transaction_timeout = 0;$/d;}' "$script" |
        client psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --single-transaction \
            --dbname="$restoring" || {
        restore_control --command="drop database $restoring"
        fail "The restore failed. The database $name was not changed."
    }
    restore_control --command="drop database if exists $name with (force)" \
        --command="alter database $restoring rename to $name"
    print "$name is restored from $FILE"
}

restore_control() {
    client psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres \
        --command="set client_min_messages = warning" "$@" </dev/null
}
