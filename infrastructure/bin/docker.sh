# The database in Docker. Read by database.sh.

container=monorepo-postgres

docker_answers() { command -v docker >/dev/null 2>&1 && docker info >/dev/null 2>&1; }

compose() {
    docker compose version >/dev/null 2>&1 ||
        fail "Docker has no compose plugin (version 2). Install it (Debian, Ubuntu: docker-compose-v2 or" \
            "docker-compose-plugin), or use the embedded server: INFRASTRUCTURE=embedded."
    docker compose --file "$infrastructure/docker-compose.yml" "$@"
}

docker_up() {
    compose up --detach --wait
    print "PostgreSQL $(docker_release) is running in Docker: localhost:5432, database $name, user postgres, password postgres."
}

# The major version of the image.
docker_release() { sed -n 's/^ *image: *postgres:\([0-9][0-9]*\).*/\1/p' "$infrastructure/docker-compose.yml"; }

docker_down() {
    compose down
}

docker_status() {
    state=$(docker inspect --format '{{.State.Status}}{{with .State.Health}}, {{.Status}}{{end}}' "$container" 2>/dev/null) ||
        state="not created"
    print "docker: $container is $state"
}

docker_logs() {
    if [ "${FOLLOW:-1}" = 0 ]; then
        compose logs --tail=100
    else
        compose logs --tail=100 --follow
    fi
}

docker_clean() {
    confirm "This deletes the database and the volume postgres_data."
    compose down --volumes
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
