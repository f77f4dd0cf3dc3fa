# psql, backup and restore, with the container's programs or with those on PATH; read by database.sh.

client() { "${variant}_client" "$@"; }

# The database that the environment names, whatever it is: with its host, TLS and current secret.
environment_client() { "$wellhead" exec -- "$@"; }

# The programs are there, and not older than the server: pg_dump refuses to read a newer one.
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
            fail "$program has version ${version:-unknown}, and the server has 16: it takes $oldest or newer." \
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
    (umask 077 && mkdir -p "$backups")
    file=$backups/$name-$(date +%Y%m%d-%H%M%S).dump
    client pg_dump --format=custom --dbname="$name" >"$file.part" || {
        rm -f "$file.part"
        fail "The backup failed."
    }
    mv "$file.part" "$file"
    say "$file"
}

# Into a database beside the old one, which is replaced only when all of it has been restored.
client_restore() {
    [ -n "${FILE:-}" ] || fail "Say what to restore: make restore FILE=infrastructure/backups/..."
    [ -r "$FILE" ] || fail "There is no file $FILE."
    require_clients 16 pg_restore psql
    confirm "This replaces the database $name, and ends every session on it."
    restoring=${name}_restoring
    script=$(mktemp)
    trap 'rm -f "$script"' EXIT
    client pg_restore --file=- <"$FILE" >"$script" || fail "$FILE is not a dump; the database $name is as it was."
    restore_control --command="drop database if exists $restoring with (force)" --command="create database $restoring"
    # a newer pg_restore sets what the server of 16 does not know; before the first data, the line is a setting for sure
    sed '1,/^COPY /{/^SET transaction_timeout = 0;$/d;}' "$script" |
        client psql --no-psqlrc --quiet --output=/dev/null --set=ON_ERROR_STOP=1 --single-transaction \
            --dbname="$restoring" || {
        restore_control --command="drop database $restoring"
        fail "The restore failed; the database $name is as it was."
    }
    restore_control --command="drop database if exists $name with (force)" \
        --command="alter database $restoring rename to $name"
    say "$name is restored from $FILE"
}

restore_control() {
    client psql --no-psqlrc --quiet --set=ON_ERROR_STOP=1 --dbname=postgres \
        --command="set client_min_messages = warning" "$@" </dev/null
}
