# The variables with which examples/ledger uses the services in SERVICES; "make dev" passes them to it. Read by database.sh.

# Prints each variable on a line. Prometheus and Grafana have none.
print_variables() {
    aws=
    for service in $services; do
        variables=$(service_variables "$service" "$(port_of_service "$service")")
        case $service in
            queue)
                variables="$variables ENTRIES_QUEUE_URL=${variables#*=}/000000000000/ledger-entries"
                aws=needed
                ;;
            storage)
                variables="$variables STATEMENTS_BUCKET=ledger-statements"
                aws=needed
                ;;
            metrics) variables= ;;
        esac
        for variable in $variables; do print "$variable"; done
    done
    # the stand-ins accept every key, but the AWS SDK needs some
    [ -z "$aws" ] || lines AWS_REGION=us-east-1 AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local
}

# Prints the port of a service without Docker, which a variable may have chosen.
port_of_service() {
    if [ "$variant" = embedded ]; then
        background_port "$1"
    fi
}
