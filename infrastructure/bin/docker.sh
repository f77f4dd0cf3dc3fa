# The database and the other services in Docker. Read by database.sh.

container=monorepo-postgres

docker_answers() { command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

compose() {
    docker compose version >/dev/null 2>&1 ||
        fail "Docker has no compose plugin (version 2). Install it (Debian, Ubuntu: docker-compose-v2 or" \
            "docker-compose-plugin), or use the embedded server: INFRASTRUCTURE=embedded."
    docker compose --file "$infrastructure/docker-compose.yml" "$@"
}

# Runs compose with every profile, because it finds only the containers of the profiles it is given.
compose_all() {
    compose --profile cache --profile valkey --profile queue --profile rabbitmq --profile storage --profile search \
        --profile pooler --profile metrics "$@"
}

# Prints the names in docker-compose.yml of the services in SERVICES.
requested_containers() { for service in $services; do service_containers "$service"; done; }

docker_up() {
    set --
    for service in $services; do
        set -- "$@" --profile "$(service_profile "$service")"
        [ "$service" != cache ] || docker_remove_other_cache
    done
    compose "$@" up --detach --wait
    print "PostgreSQL $(docker_release) is running in Docker: localhost:5432, database $name, user postgres, password postgres."
    for service in $services; do
        print "$service is running in Docker: $(service_variables "$service")"
    done
}

# Redis and Valkey use the same port, so the one that was used before has to stop. Its data is kept.
docker_remove_other_cache() {
    other=valkey
    [ "${INFRASTRUCTURE_CACHE:-redis}" = redis ] || other=redis
    [ "$(docker_state "monorepo-$other")" = "not created" ] || compose_all rm --stop --force "$other"
}

# The major version of the image.
docker_release() { sed -n 's/^ *image: *postgres:\([0-9][0-9]*\).*/\1/p' "$infrastructure/docker-compose.yml"; }

docker_state() {
    docker inspect --format '{{.State.Status}}{{with .State.Health}}, {{.Status}}{{end}}' "$1" 2>/dev/null ||
        print "not created"
}

docker_down() {
    if [ -n "$services" ]; then
        # shellcheck disable=SC2046 # several names
        compose_all rm --stop --force $(requested_containers)
    else
        compose_all down
    fi
}

docker_status() {
    print "docker: $container is $(docker_state "$container")"
    for service in $service_names; do
        for name_in_file in $(service_containers "$service"); do
            state=$(docker_state "monorepo-$name_in_file")
            [ "$state" = "not created" ] || print "docker: monorepo-$name_in_file is $state ($service)"
        done
    done
}

docker_logs() {
    set -- --tail=100
    [ "${FOLLOW:-1}" = 0 ] || set -- "$@" --follow
    # shellcheck disable=SC2046 # several names
    compose_all logs "$@" $(requested_containers)
}

docker_clean() {
    if [ -n "$services" ]; then
        confirm "This deletes the data of: $services."
        docker_down
        for service in $services; do
            for volume in $(service_volumes "$service"); do docker volume rm --force "$volume"; done
        done
    else
        confirm "This deletes the database, and the volumes of all other services."
        compose_all down --volumes
    fi
}

# Runs a client program in the container, whose version is that of the server.
docker_client() {
    [ "$(docker inspect --format '{{.State.Running}}' "$container" 2>/dev/null)" = true ] ||
        fail "$container is not running. Start it: make infrastructure-up"
    if [ -t 0 ] && [ -t 1 ]; then
        docker exec --interactive --tty --env PGUSER=postgres "$container" "$@"
    else
        docker exec --interactive --env PGUSER=postgres "$container" "$@"
    fi
}
