# The services in SERVICES without Docker. Each is a process in the background with its own files in $data:
# SERVICE.pid, SERVICE.port, SERVICE.log and directories. programs.sh starts the processes. Read by database.sh.

# As for the embedded server, the servers that root starts have the id of a user without an account and without any rights.
server_user=60832
server_rights=
[ "$(id -u)" -ne 0 ] || server_rights="setpriv --reuid=$server_user --regid=$server_user --clear-groups --inh-caps=-all \
--bounding-set=-all --no-new-privs"

# Starts a command in a process group of its own, with the same process id: Ctrl-C during "make dev" is a signal to the whole
# group of make. Redis, PgBouncer and Prometheus end on it, although the shell ignores it for commands in the background.
# Linux has setsid, macOS has perl.
own_group=
if command -v setsid >/dev/null 2>&1; then
    own_group=setsid
elif command -v perl >/dev/null 2>&1; then
    own_group='perl -e setpgrp;exec@ARGV'
fi

# Runs a command with the rights of a server.
# shellcheck disable=SC2086 # several words
as_server() { $server_rights "$@"; }

# Fails if the service $1 runs only in Docker.
runs_without_docker() { [ "$1" != rabbitmq ]; }

background_pid() { running_pid "$data/$1.pid" "$(program_pattern "$1")"; }

background_port() { cat "$data/$1.port"; }

# Starts each service in SERVICES. Fails if one of them has not been started, after starting the others.
background_up_all() {
    all=true
    for service in $services; do
        background_up "$service" || all=false
    done
    [ "$all" = true ] && return
    ! docker_answers || fail "Not every service was started. A Docker engine is running: to use it, run make" \
        "infrastructure-down, and start the services with INFRASTRUCTURE=docker."
    fail "Not every service was started."
}

background_up() {
    if ! runs_without_docker "$1"; then
        print "$1 needs Docker." >&2
        return 1
    fi
    if pid=$(background_pid "$1"); then
        background_announce "$1" "is already running"
        return
    fi
    port_to_use=$(configured_port "$1")
    # other users may enter the directory, because the server of root is one of them, but cannot read anything in it
    (umask 066 && mkdir -p "$data") || return 1
    require_free_port "$1" "$port_to_use" || return 1
    "$1_start" "$port_to_use" && background_announce "$1" "is running"
}

background_announce() {
    print "$1 $2 without Docker (process $pid): $(service_variables "$1" "$(background_port "$1")")"
}

# Creates the directory $1 in $data for the server.
server_directory() {
    (umask 077 && mkdir -p "$data/$1") || return 1
    [ "$(id -u)" -ne 0 ] || chown -R -h "$server_user:$server_user" "$data/$1"
}

# Creates the directory for the configuration of the service $1. The server can read it, but not write into it: root would
# follow a link that a server has put in place of a file.
config_directory() {
    (umask 066 && mkdir -p "$data/config") && (umask 022 && mkdir -p "$data/config/$1")
}

# run_server SERVICE DIRECTORY PATTERN COMMAND...: starts the command in a directory of $data, with the standard input and
# the rights of a server, and returns when its log has a line with the pattern. Without it, prints the end of the log and fails.
run_server() {
    started=$1 directory=$data/$2 ready=$3 log=$data/$1.log
    shift 3
    (umask 077 && : >"$log") || return 1
    # closes the file descriptors inherited from make, so that a reader of make's output does not wait for the server
    (
        exec <"${input:-/dev/null}" >"$log" 2>&1 3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&-
        cd "$directory" || exit 1
        # CI finds the servers that are left behind by the variable WELLHEAD_CI_RUN
        # shellcheck disable=SC2086 # several words
        exec $own_group $server_rights nohup env -i "PATH=$PATH" ${WELLHEAD_CI_RUN:+"WELLHEAD_CI_RUN=$WELLHEAD_CI_RUN"} "$@"
    ) &
    pid=$!
    print "$pid" >"$data/$started.pid"
    print "$port_to_use" >"$data/$started.port"
    deadline=$(($(date +%s) + 300))
    until grep -q "$ready" "$log"; do
        if ! kill -0 "$pid" 2>/dev/null; then
            reason="$started did not start."
        elif [ "$(date +%s)" -gt "$deadline" ]; then
            stop_process "$pid" "$log"
            reason="$started was not ready within 5 minutes, and has been stopped."
        else
            sleep 0.2 2>/dev/null || sleep 1
            continue
        fi
        rm -f "$data/$started.pid" "$data/$started.port"
        tail -n 20 "$log" >&2
        print "$reason The whole log is in $log" >&2
        return 1
    done
}

# Fails if a process listens on the port $2 that the service $1 needs.
require_free_port() {
    owner=$(port_owner "$2")
    [ -n "$owner" ] || return 0
    print "$1 needs port $2 of 127.0.0.1, which is used by $owner. Stop it, or choose another port with" \
        "$(port_variable "$1")." >&2
    return 1
}

# Prints the program that listens on the port $1 on the loopback address. Prints nothing if the port is free, or if this
# machine has neither ss nor lsof; the server itself then reports that the port is used.
port_owner() {
    if command -v ss >/dev/null 2>&1; then
        ss -Hltnp "sport = :$1" | awk '
            $4 ~ /^(127\.0\.0\.1|0\.0\.0\.0|\*|\[::\]|\[::1\]|\[::ffff:127\.0\.0\.1\])(%[^:]*)?:[0-9]+$/ {
                if (match($0, /\("[^"]*",pid=[0-9]+/)) {
                    split(substr($0, RSTART + 2, RLENGTH - 2), parts, "\",pid=")
                    print parts[1] " (process " parts[2] ")"
                } else {
                    print "a program of another user"
                }
                exit
            }'
    elif command -v lsof >/dev/null 2>&1; then
        lsof -nP "-iTCP:$1" -sTCP:LISTEN 2>/dev/null | awk 'NR == 2 { print $1 " (process " $2 ")" }'
    fi
}

background_down_all() {
    for service in $service_names; do
        ! requests "$service" || background_down "$service"
    done
}

background_down() {
    if pid=$(background_pid "$1"); then
        stop_process "$pid" "$data/$1.log"
        print "$1 has stopped. $(program_keeps "$1")"
    elif [ -n "$services" ]; then
        print "$1 is not running."
    fi
    rm -f "$data/$1.pid" "$data/$1.port"
}

background_status_all() {
    for service in $service_names; do
        if pid=$(background_pid "$service"); then
            print "$service: running on 127.0.0.1:$(background_port "$service"), process $pid"
        elif ! runs_without_docker "$service"; then
            [ -z "$services" ] || ! requests "$service" || print "$service: needs Docker"
        elif background_has_data "$service" || { [ -n "$services" ] && requests "$service"; }; then
            print "$service: not running"
        fi
    done
}

background_has_data() {
    for directory in $(program_directories "$1"); do
        [ ! -e "$data/$directory" ] || return 0
    done
    return 1
}

# Prints the requested services that have data, on one line.
background_with_data() {
    found=
    for service in $service_names; do
        ! requests "$service" || ! background_has_data "$service" || found="$found $service"
    done
    print "${found# }"
}

background_clean_all() {
    for service in $(background_with_data); do
        background_down "$service" >/dev/null
        for directory in $(program_directories "$service"); do
            rm -rf -- "${data:?}/$directory"
        done
        rm -rf -- "$data/config/$service" "$data/$service.log"
        rmdir -- "$data/config" 2>/dev/null || true
        print "The data of $service has been deleted."
    done
}

# Prints the names in $data of the logs of the requested services.
background_logs() {
    for service in $service_names; do
        ! requests "$service" || ! [ -r "$data/$service.log" ] || print "$service.log"
    done
}
