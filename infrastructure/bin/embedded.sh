# The database without Docker: infrastructure/embedded-server runs it in the background. background.sh runs the other
# services. Read by database.sh.

port=${INFRASTRUCTURE_PORT:-5432}

# The server of root runs as an unprivileged user, which has to reach its data.
default_data() {
    if [ "$(id -u)" -ne 0 ] || setpriv --reuid=65534 --regid=65534 --clear-groups test -x "$infrastructure" 2>/dev/null; then
        print "$infrastructure/.data"
    else
        print /var/lib/wellhead
    fi
}

data=${INFRASTRUCTURE_DATA:-$(default_data)}
pid_file=$data/server.pid
server_log=$data/server.log
postgres_log=$data/postgresql/postgresql.log
classpath_file=$infrastructure/embedded-server/target/serve.classpath
build_failed="The build failed. It needs JDK 17 or newer and Maven 3.8.7 or newer, and access to Maven Central the first time."

embedded_pid() { running_pid "$pid_file" 'dev[.]wellhead[.]embedded[.]ServeCommand'; }

# Prints the process id in the file $1 if it runs a command that matches $2. After a crash the id may belong to another
# program.
running_pid() {
    [ -r "$1" ] || return 1
    pid=$(cat "$1")
    case $pid in '' | *[!0-9]*) return 1 ;; esac
    kill -0 "$pid" 2>/dev/null || return 1
    if [ -r "/proc/$pid/cmdline" ]; then
        tr '\0' ' ' <"/proc/$pid/cmdline"
    else
        ps -p "$pid" -o command= 2>/dev/null
    fi | grep -q "$2" || return 1
    print "$pid"
}

# Stops the process $1, whose log is $2, and waits for its end.
stop_process() {
    kill "$1"
    waited=0
    while kill -0 "$1" 2>/dev/null; do
        [ "$waited" -lt 300 ] || fail "Process $1 has not stopped within a minute. See its log: $2"
        waited=$((waited + 1))
        sleep 0.2 2>/dev/null || sleep 1
    done
}

# Prints the class path of the server. Compiles the module if its sources have changed since the last time.
embedded_classpath() {
    if [ -n "${INFRASTRUCTURE_CLASSPATH:-}" ]; then
        print "$INFRASTRUCTURE_CLASSPATH"
        return
    fi
    embedded_build >&2
    print "$infrastructure/embedded-server/target/classes:$(cat "$classpath_file")"
}

embedded_build() {
    if [ -s "$classpath_file" ] && [ -z "$(cd "$root" && find pom.xml \
        infrastructure/embedded-server/pom.xml infrastructure/embedded-server/src/main -newer "$classpath_file" | head -n 1)" ]; then
        return
    fi
    print "Building infrastructure/embedded-server ..."
    # Maven writes escape sequences even if it has nothing to report, so its output is printed only if it fails
    output=$(cd "$root" && ${MVN:-mvn} -q -B -Dquick -pl infrastructure/embedded-server compile \
        dependency:build-classpath -Dmdep.includeScope=runtime -Dmdep.outputFile=target/serve.classpath 2>&1) || {
        print "$output"
        fail "$build_failed"
    }
    touch "$classpath_file"
}

embedded_up() {
    embedded_start
    background_up_all
}

embedded_start() {
    if pid=$(embedded_pid); then
        embedded_announce "is already running"
        return
    fi
    classpath=$(embedded_classpath) || exit 1
    java=${JAVA_HOME:+$JAVA_HOME/bin/}java
    # other users may enter the directory, because the server of root is one of them, but cannot read anything in it
    (umask 066 && mkdir -p "$data")
    (umask 077 && : >"$server_log")
    # closes the file descriptors inherited from make, so that a reader of make's output does not wait for the server
    # shellcheck disable=SC2086 # several words
    $own_group nohup "$java" -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        -cp "$classpath" \
        dev.wellhead.embedded.ServeCommand --port "$port" --data "$data/postgresql" \
        --init-scripts "$infrastructure/init-scripts" \
        </dev/null >"$server_log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    pid=$!
    print "$pid" >"$pid_file"
    reported=0
    until grep -q 'is ready' "$server_log"; do
        embedded_progress
        if ! kill -0 "$pid" 2>/dev/null; then
            rm -f "$pid_file"
            # the other lines have been printed
            grep -v '^Preparing' "$server_log" >&2 || true
            ! grep -q "^Port $port " "$server_log" || print "To use another port, set INFRASTRUCTURE_PORT, and DB_PORT for your programs." >&2
            fail "The embedded database did not start."
        fi
        sleep 0.2 2>/dev/null || sleep 1
    done
    embedded_announce "is running"
}

# Prints the steps of a first start that are new in the log since the last call.
embedded_progress() {
    steps=$(grep -c '^Preparing' "$server_log") || true
    if [ "$steps" -gt "$reported" ]; then
        grep '^Preparing' "$server_log" | tail -n "+$((reported + 1))"
        reported=$steps
    fi
}

embedded_announce() {
    print "PostgreSQL $(embedded_release) $1 without Docker (process $pid): localhost:$(embedded_port), database $name, user postgres, password postgres."
}

# The major version that the server has reported.
embedded_release() { sed -n 's/^PostgreSQL \([0-9][0-9]*\) is ready.*/\1/p' "$server_log" | tail -n 1; }

embedded_port() { sed -n 's/.*port \([0-9][0-9]*\).*/\1/p' "$server_log" | tail -n 1; }

embedded_down() {
    background_down_all
    if [ -n "$services" ]; then
        return
    fi
    if ! pid=$(embedded_pid); then
        rm -f "$pid_file"
        print "The embedded database is not running."
        return
    fi
    stop_process "$pid" "$server_log"
    rm -f "$pid_file"
    print "The embedded database has stopped. Its data is kept in $data/postgresql"
}

# Whether SERVICES has the name $1, or is not set and therefore means everything.
requests() {
    case " ${services:-$1} " in *" $1 "*) ;; *) return 1 ;; esac
}

embedded_status() {
    if pid=$(embedded_pid); then
        print "embedded: running on localhost:$(embedded_port), process $pid, data in $data/postgresql"
    else
        print "embedded: not running"
    fi
    background_status_all
}

embedded_logs() {
    set --
    [ -n "$services" ] || ! [ -r "$postgres_log" ] || set -- "$postgres_log"
    for log in $(background_logs); do
        set -- "$@" "$data/$log"
    done
    [ $# -gt 0 ] || fail "There is no log, because ${services:-the embedded database} has not been started yet."
    if [ "${FOLLOW:-1}" = 0 ]; then
        tail -n 100 "$@"
    else
        tail -n 100 -f "$@"
    fi
}

embedded_clean() {
    with_data=$(background_with_data)
    if [ -n "$services" ]; then
        [ -n "$with_data" ] || fail "There is no data of: $services. Nothing was changed."
        confirm "This deletes the data of: $with_data."
        background_clean_all
        return
    fi
    confirm "This deletes the database in $data/postgresql${with_data:+, and the data of: $with_data}."
    background_clean_all
    background_down_all >/dev/null
    embedded_down >/dev/null
    for log in $(background_logs); do
        rm -f -- "$data/$log"
    done
    rm -rf -- "$data/postgresql" "$data/programs" "$data/config" "$server_log"
    rmdir -- "$data" 2>/dev/null || true
    print "The database in $data/postgresql has been deleted."
}

embedded_version() { cat "$data/postgresql/data/PG_VERSION" 2>/dev/null || :; }

embedded_client() {
    pid=$(embedded_pid) || fail "The database is not running. Start it: make infrastructure-up"
    PGHOST=127.0.0.1 PGPORT=$(embedded_port) PGUSER=postgres PGPASSWORD=postgres "$@"
}
