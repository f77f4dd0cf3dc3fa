# psql and backup, and the client programs that restore.sh uses. Read by database.sh. In Docker these are the programs of the
# container; otherwise those of this machine.

# The directories that may have other versions than the PATH: Debian's, Red Hat's and Homebrew's.
clients=${INFRASTRUCTURE_CLIENTS:-/usr/lib/postgresql/*/bin /usr/pgsql-*/bin /opt/homebrew/opt/libpq/bin \
/opt/homebrew/opt/postgresql@*/bin /usr/local/opt/libpq/bin /usr/local/opt/postgresql@*/bin}

# Runs a program that connects.
client() { "${variant}_client" "$@"; }

# The database that the environment variables name, with its host, TLS settings and current credentials.
environment_client() { "$wellhead" exec -- "$@"; }

# Runs a program that does not connect.
offline_client() {
    if [ "$variant" = docker ]; then
        docker_client "$@"
    else
        "$@"
    fi
}

major_version() { "$1" --version | sed 's/^[^0-9]*\([0-9]*\).*/\1/'; }

# Prints the command of a client program that has at least this major version.
find_client() {
    if [ "$variant" = docker ]; then
        print "$1"
        return
    fi
    on_path=$(command -v "$1") || on_path=
    # shellcheck disable=SC2086 # the patterns in $clients are expanded here
    for directory in "$(dirname -- "${on_path:-/nowhere/-}")" $clients; do
        if [ -x "$directory/$1" ]; then
            found=$(major_version "$directory/$1")
            if [ "${found:-0}" -ge "$2" ]; then
                print "$directory/$1"
                return
            fi
        fi
    done
    return 1
}

# Like find_client, but fails with the commands that install the program. Without a version, any version is sufficient.
require_client() {
    find_client "$1" "${2:-0}" && return
    if installed=$(find_client "$1" 0); then
        reason="$1 has version $(major_version "$installed"), but the server has version $2, and $1 cannot read a newer server."
    else
        reason="$1 is not installed."
    fi
    fail "$reason
Install PostgreSQL's client programs${2:+, version $2 or newer}. As root:
  Debian, Ubuntu:  apt-get install --yes ca-certificates postgresql-common
                   /usr/share/postgresql-common/pgdg/apt.postgresql.org.sh -y
                   apt-get install --yes postgresql-client${2:+-$2}
  Alpine:          apk add postgresql${2:-}-client
As your own user:
  macOS:           brew install postgresql${2:+@$2}
Other systems: https://www.postgresql.org/download/"
}

# Every psql works with newer servers, so it can ask the server for the version that the other programs need.
require_psql() { find_client psql 0 || require_client psql "$("${variant}_version")"; }

# Without psql, the version of a server that the environment names is not known.
environment_version() { :; }

# Prints the major version of the server.
server_version() {
    version=$(client "$psql" --no-psqlrc --tuples-only --no-align --dbname="$1" --command="show server_version_num" \
        </dev/null) || return 1
    print $((version / 10000))
}

client_psql() {
    psql=$(require_psql) || exit 1
    if [ -n "${SQL:-}" ]; then
        client "$psql" --no-psqlrc --set=ON_ERROR_STOP=1 --dbname="$name" --command="$SQL"
    else
        client "$psql" --dbname="$name"
    fi
}

client_backup() {
    psql=$(require_psql) || exit 1
    version=$(server_version "$name") || fail "The backup failed."
    pg_dump=$(require_client pg_dump "$version") || exit 1
    # the dump contains everything that the database protects
    umask 077
    mkdir -p "$backups"
    file=$backups/$name-$(date +%Y%m%d-%H%M%S).dump
    # a new file, because an existing one keeps its permissions
    unfinished=$(mktemp "$file.XXXXXX")
    client "$pg_dump" --format=custom --dbname="$name" >"$unfinished" </dev/null || {
        rm -f "$unfinished"
        fail "The backup failed."
    }
    mv -f "$unfinished" "$file"
    print "$file"
}
