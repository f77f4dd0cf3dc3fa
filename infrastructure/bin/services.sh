# The services in the variable SERVICES. Read by database.sh.

service_names="cache queue rabbitmq storage search pooler metrics"

# Fails if SERVICES or INFRASTRUCTURE_CACHE has a value that does not exist.
check_services() {
    set -f
    for service in $services; do
        case " $service_names " in
            *" $service "*) ;;
            *) fail "SERVICES has '$service', which is not a service. Use some of: $service_names." ;;
        esac
    done
    # shellcheck disable=SC2086 # one space between the names
    services=$(print $services)
    set +f
    case ${INFRASTRUCTURE_CACHE:-redis} in
        redis | valkey) ;;
        *) fail "INFRASTRUCTURE_CACHE is '$INFRASTRUCTURE_CACHE'. Use one of: redis, valkey." ;;
    esac
}

# Prints the profile of the service $1 in docker-compose.yml.
service_profile() {
    case $1:${INFRASTRUCTURE_CACHE:-redis} in
        cache:valkey) print valkey ;;
        *) print "$1" ;;
    esac
}

# Prints the names that the service $1 has in docker-compose.yml. The container of a name is monorepo-<name>.
service_containers() {
    case $1 in
        cache) print redis valkey ;;
        queue) print elasticmq ;;
        rabbitmq) print rabbitmq ;;
        storage) print s3mock ;;
        search) print opensearch ;;
        pooler) print pgbouncer ;;
        metrics) print prometheus grafana ;;
    esac
}

# Prints the volumes of the service $1.
service_volumes() {
    [ "$1" = pooler ] || for name_in_file in $(service_containers "$1"); do print "${name_in_file}_data"; done
}

# Prints the port of the service $1 on this machine. Without Docker, its variable can set another one.
service_port() {
    case $1 in
        cache) print 6379 ;;
        queue) print 9324 ;;
        storage) print 9090 ;;
        search) print 9200 ;;
        pooler) print 6432 ;;
        metrics) print 9091 ;;
    esac
}

# Prints the variables with which a program on this machine uses the service $1. $2 is its port without Docker.
service_variables() {
    at=127.0.0.1:${2:-$(service_port "$1")}
    case $1 in
        cache) print "REDIS_URL=redis://$at" ;;
        queue) print "AWS_ENDPOINT_URL_SQS=http://$at" ;;
        rabbitmq) print "AMQP_URL=amqp://guest:guest@127.0.0.1:5672" ;;
        storage) print "AWS_ENDPOINT_URL_S3=http://$at" ;;
        search) print "OPENSEARCH_URL=http://$at" ;;
        pooler) print "DB_PORT=${at#*:} DB_POOLER=pgbouncer" ;;
        metrics)
            if [ -n "${2:-}" ]; then
                print "Prometheus http://$at (Grafana needs Docker)"
            else
                print "Grafana http://127.0.0.1:3000, Prometheus http://$at"
            fi
            ;;
    esac
}
