# The programs of the services without Docker: those of this machine (Redis or Valkey, PgBouncer, Prometheus), and those that
# Maven downloads (infrastructure/local-services). Each SERVICE_start has the port as its argument. Read by database.sh.

java=${JAVA_HOME:+$JAVA_HOME/bin/}java

# Prints a pattern for the command line of the service $1.
program_pattern() {
    case $1 in
        cache) print '\(redis\|valkey\)-server' ;;
        queue) print 'org[.]elasticmq[.]server[.]Main' ;;
        storage) print 'com[.]adobe[.]testing[.]s3mock' ;;
        search) print 'dev[.]wellhead[.]local[.]search' ;;
        pooler) print pgbouncer ;;
        metrics) print prometheus ;;
        *) print 'none' ;;
    esac
}

# Prints the names of the directories in $data that the service $1 has.
program_directories() {
    case $1 in
        # these three cannot read each other's files
        cache) lines redis valkey redis-maven ;;
        rabbitmq | pooler) ;;
        *) print "$1" ;;
    esac
}

# Prints what is kept when the service $1 is stopped.
program_keeps() {
    case $1 in
        queue) print "Its queues are kept, its messages are not." ;;
        pooler) print "It has no data." ;;
        *) print "Its data is kept." ;;
    esac
}

port_variable() { print "INFRASTRUCTURE_$(print "$1" | tr '[:lower:]' '[:upper:]')_PORT"; }

# Prints the port that the service $1 uses when it is started.
configured_port() {
    case $1 in
        cache) print "${INFRASTRUCTURE_CACHE_PORT:-$(service_port cache)}" ;;
        queue) print "${INFRASTRUCTURE_QUEUE_PORT:-$(service_port queue)}" ;;
        storage) print "${INFRASTRUCTURE_STORAGE_PORT:-$(service_port storage)}" ;;
        search) print "${INFRASTRUCTURE_SEARCH_PORT:-$(service_port search)}" ;;
        pooler) print "${INFRASTRUCTURE_POOLER_PORT:-$(service_port pooler)}" ;;
        metrics) print "${INFRASTRUCTURE_METRICS_PORT:-$(service_port metrics)}" ;;
    esac
}

# Prints the directory with the program of the service $1: jars in lib, and classes. Gets it with Maven, unless that has
# been done since its POM and its sources were changed. $2 is a pattern for a file that the server must be able to read.
program_files() {
    if [ -n "${INFRASTRUCTURE_PROGRAMS:-}" ]; then
        print "$INFRASTRUCTURE_PROGRAMS/$1"
        return
    fi
    module=$infrastructure/local-services/$1
    program_build "$1" >&2 || return 1
    if as_server test -x "$module/target/lib" 2>/dev/null; then
        print "$module/target"
        return
    fi
    # the server of root cannot read the files in the home directory of root, so it gets a copy
    copy=$data/programs/$1
    if [ -z "$(find "$copy/built" -newer "$module/target/built" 2>/dev/null)" ]; then
        rm -rf -- "$copy"
        (umask 022 && mkdir -p "$copy" && cp -R "$module/target/lib" "$copy" &&
            { ! [ -d "$module/target/classes" ] || cp -R "$module/target/classes" "$copy"; }) || return 1
        : >"$copy/built"
    fi
    print "$copy"
}

program_build() {
    built=infrastructure/local-services/$1/target/built
    [ ! -e "$root/$built" ] || [ -n "$(cd "$root" && find pom.xml infrastructure/local-services/pom.xml \
        "infrastructure/local-services/$1/pom.xml" "infrastructure/local-services/$1/src" -newer "$built" 2>/dev/null |
        head -n 1)" ] || return 0
    print "Building infrastructure/local-services/$1 ..."
    # jars of other versions
    rm -rf -- "$root/infrastructure/local-services/$1/target/lib"
    # Maven writes escape sequences even if it has nothing to report, so its output is printed only if it fails
    output=$(cd "$root" && umask 022 &&
        ${MVN:-mvn} -q -B -Dquick -f "infrastructure/local-services/$1/pom.xml" compile 2>&1) || {
        print "$output" >&2
        print "$build_failed" >&2
        return 1
    }
    : >"$root/$built"
}

# run_java SERVICE PATTERN HEAP ARGUMENT...: runs a Java program of infrastructure/local-services as the server of a service.
run_java() {
    java_service=$1 java_ready=$2 java_heap=$3
    shift 3
    files=$(program_files "$java_service") || return 1
    server_directory "$java_service" && server_directory "$java_service/tmp" || return 1
    run_server "$java_service" "$java_service" "$java_ready" "$java" "-Xmx$java_heap" -XX:+UseSerialGC \
        -XX:TieredStopAtLevel=1 "-Djava.io.tmpdir=$data/$java_service/tmp" -cp "$files/classes:$files/lib/*" "$@"
}

cache_start() {
    if program=$(cache_program); then
        kind=${program##*/}
        kind=${kind%-server}
    elif [ "${INFRASTRUCTURE_CACHE:-redis}" = valkey ]; then
        print "cache needs Docker, or valkey-server on the PATH." >&2
        return 1
    else
        files=$(program_files cache) || return 1
        program=$(cache_program_for_platform "$files/lib") || return 1
        kind=redis-maven
    fi
    server_directory "$kind" || return 1
    # the configuration is the standard input ("-"), because the user that runs the server of root may not reach the file
    input=$infrastructure/services/cache.conf
    run_server cache "$kind" 'Ready to accept connections' \
        "$program" --bind 127.0.0.1 --port "$1" --dir "$data/$kind" --daemonize no -
    started_cache=$?
    input=
    return "$started_cache"
}

# Prints the path of the server. Without INFRASTRUCTURE_CACHE, Redis precedes Valkey.
cache_program() {
    if [ -n "${INFRASTRUCTURE_CACHE:-}" ]; then
        command -v "$INFRASTRUCTURE_CACHE-server"
    else
        command -v redis-server || command -v valkey-server
    fi
}

# Prints the program for this machine in the directory $1.
cache_program_for_platform() {
    case $(uname -m) in
        x86_64 | amd64) architecture=amd64 ;;
        aarch64 | arm64) architecture=arm64 ;;
        *) architecture=$(uname -m) ;;
    esac
    platform=$(uname -s | tr '[:upper:]' '[:lower:]')-$architecture
    for program in "$1"/redis-server-*-"$platform"; do
        if [ -f "$program" ]; then
            chmod 755 "$program"
            print "$program"
            return
        fi
    done
    print "cache needs Docker, or redis-server on the PATH. Maven has no Redis for $platform." >&2
    return 1
}

queue_start() {
    server_directory queue && config_directory queue || return 1
    config=$data/config/queue/elasticmq.conf
    (umask 022 && cp "$infrastructure/services/elasticmq.conf" "$config") || return 1
    # without this file, the first start logs an error
    # shellcheck disable=SC2016 # the shell of the server expands it
    as_server sh -c '[ -e "$1" ] || echo "queues { }" >"$1"' sh "$data/queue/queues.conf" || return 1
    run_java queue '=== ElasticMQ server .* started' 128m "-Dconfig.file=$config" \
        -Drest-sqs.bind-hostname=127.0.0.1 "-Drest-sqs.bind-port=$1" -Drest-stats.enabled=false \
        "-Dqueues-storage.path=$data/queue/queues.conf" org.elasticmq.server.Main || return 1
    # the server creates the queues of the file in the next milliseconds
    queues=$(sed -n '/^queues {/,$p' "$config" | grep -c '^  [A-Za-z0-9_-]* {') || true
    tries=0
    until [ "$(grep -c 'Creating queue' "$data/queue.log")" -ge "$queues" ] || [ "$tries" -ge 100 ]; do
        tries=$((tries + 1))
        sleep 0.2 2>/dev/null || sleep 1
    done
}

storage_start() {
    server_directory storage && server_directory storage/files || return 1
    run_java storage 'Started S3MockApplication' 192m \
        -Dserver.address=127.0.0.1 "-Dserver.port=$1" -Dserver.ssl.enabled=false \
        -Dspring.main.sources=dev.wellhead.local.storage.SingleConnector \
        "-Dcom.adobe.testing.s3mock.store.root=$data/storage/files" \
        -Dcom.adobe.testing.s3mock.store.retain-files-on-exit=true \
        -Dcom.adobe.testing.s3mock.store.initial-buckets=ledger-statements com.adobe.testing.s3mock.S3MockApplication
}

search_start() {
    run_java search '^OpenSearch .* is ready' 512m dev.wellhead.local.search.SearchCommand "$1" "$data/search"
}

# The PgBouncer of this machine, with the configuration of the container.
pooler_start() {
    if ! program=$(command -v pgbouncer); then
        print "pooler needs Docker, or pgbouncer on the PATH." >&2
        return 1
    fi
    config_directory pooler || return 1
    config=$data/config/pooler
    # versions before 1.21 refuse the setting max_prepared_statements
    unknown=-
    "$program" --version | grep -qE '^PgBouncer 1[.](1?[0-9]|20)([.]|$)' && unknown=max_prepared_statements
    (
        umask 022
        sed -e "s|^\(monorepo_dev = \).*|\1host=127.0.0.1 port=$(embedded_port) dbname=monorepo_dev|" \
            -e 's|^listen_addr = .*|listen_addr = 127.0.0.1|' -e "s|^listen_port = .*|listen_port = $1|" \
            -e 's|^auth_file = .*|auth_file = userlist.txt|' -e "/^$unknown/d" \
            "$infrastructure/services/pgbouncer.ini" >"$config/pgbouncer.ini" &&
            cp "$infrastructure/services/userlist.txt" "$config/userlist.txt"
    ) || return 1
    run_server pooler config/pooler 'process up' "$program" pgbouncer.ini
}

# The Prometheus of this machine, with the configuration of the container. Grafana needs Docker.
metrics_start() {
    if ! program=$(command -v prometheus); then
        print "metrics needs Docker, or prometheus on the PATH." >&2
        return 1
    fi
    server_directory metrics && config_directory metrics || return 1
    config=$data/config/metrics
    (
        umask 022
        sed 's|host[.]docker[.]internal|127.0.0.1|' "$infrastructure/observability/prometheus.yml" \
            >"$config/prometheus.yml" &&
            cp "$infrastructure/observability/wellhead-rules.yml" "$config/wellhead-rules.yml"
    ) || return 1
    run_server metrics metrics 'Server is ready to receive web requests' \
        "$program" "--config.file=$config/prometheus.yml" --storage.tsdb.path=data "--web.listen-address=127.0.0.1:$1"
}
