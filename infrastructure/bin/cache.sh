# The cache without Docker: redis-server or valkey-server of the PATH, in the background. Read by database.sh.

cache_port=${INFRASTRUCTURE_CACHE_PORT:-6379}
cache_pid_file=$data/cache.pid
cache_log=$data/cache.log

cache_pid() { running_pid "$cache_pid_file" '\(redis\|valkey\)-server'; }

# Prints the path of the server. Without INFRASTRUCTURE_CACHE, Redis precedes Valkey.
cache_program() {
    if [ -n "${INFRASTRUCTURE_CACHE:-}" ]; then
        command -v "$INFRASTRUCTURE_CACHE-server"
    else
        command -v redis-server || command -v valkey-server
    fi
}

cache_up() {
    if pid=$(cache_pid); then
        cache_announce "is already running"
        return
    fi
    if ! program=$(cache_program); then
        print "cache needs Docker, or ${INFRASTRUCTURE_CACHE:-redis}-server on the PATH." >&2
        return 1
    fi
    # Redis and Valkey cannot read each other's files
    kind=${program##*/}
    directory=$data/${kind%-server}
    (umask 066 && mkdir -p "$data") && (umask 077 && mkdir -p "$directory" && : >"$cache_log") || return 1
    # the configuration is the standard input ("-"), because the user that runs the server of root may not reach the file
    set -- "$program" --bind 127.0.0.1 --port "$cache_port" --dir "$directory" --daemonize no -
    if [ "$(id -u)" -eq 0 ]; then
        # as the embedded server: an id without an account and without any rights
        chown -R -h 60832:60832 "$directory" || return 1
        set -- setpriv --reuid=60832 --regid=60832 --clear-groups --inh-caps=-all --bounding-set=-all --no-new-privs "$@"
    fi
    # closes the file descriptors inherited from make, so that a reader of make's output does not wait for the server
    nohup env -i "PATH=$PATH" "$@" <"$infrastructure/services/cache.conf" >"$cache_log" 2>&1 \
        3>&- 4>&- 5>&- 6>&- 7>&- 8>&- 9>&- &
    pid=$!
    print "$pid" >"$cache_pid_file"
    until grep -q 'Ready to accept connections' "$cache_log"; do
        if ! kill -0 "$pid" 2>/dev/null; then
            rm -f "$cache_pid_file"
            cat "$cache_log" >&2
            print "The cache did not start." >&2
            return 1
        fi
        sleep 0.2 2>/dev/null || sleep 1
    done
    cache_announce "is running"
}

cache_announce() {
    print "cache $1 without Docker (process $pid): $(service_variables cache "$(cache_listens)")"
}

# The port that the server has reported.
cache_listens() { sed -n 's/.*port=\([0-9][0-9]*\).*/\1/p' "$cache_log" | tail -n 1; }

cache_down() {
    if ! pid=$(cache_pid); then
        rm -f "$cache_pid_file"
        [ -z "$services" ] || print "The cache is not running."
        return
    fi
    stop_process "$pid" "$cache_log"
    rm -f "$cache_pid_file"
    print "The cache has stopped. Its data is kept."
}

cache_status() {
    if pid=$(cache_pid); then
        print "cache: running on 127.0.0.1:$(cache_listens), process $pid"
    elif [ -n "$services" ] || cache_has_data; then
        print "cache: not running"
    fi
}

cache_has_data() { [ -e "$data/redis" ] || [ -e "$data/valkey" ]; }

cache_clean() {
    cache_down >/dev/null
    cache_has_data || return 0
    rm -rf -- "$data/redis" "$data/valkey" "$cache_log"
    print "The data of the cache has been deleted."
}
