# Replaces a database with a dump. Read by database.sh. The steps:
#   1. create a second, empty database like the first one, and try to give it the properties of the first one
#   2. restore the dump into the second database
#   3. in one transaction: copy the properties, rename the first database, and give its name to the second one
# The first database is not changed before step 3, and is kept afterwards. If a step fails, the second database is dropped.

# Restores FILE, or exchanges the database with KEPT, a database that an earlier restore has kept.
client_restore() {
    [ -z "${FILE:-}" ] || [ -z "${KEPT:-}" ] || fail "FILE and KEPT are both set. Use one of them."
    if [ -n "${KEPT:-}" ]; then
        restored_from="the kept database $KEPT"
    else
        [ -n "${FILE:-}" ] || fail "FILE is not set. Usage: make restore FILE=infrastructure/backups/..."
        [ -r "$FILE" ] || fail "The file $FILE does not exist or is not readable."
        restored_from=$FILE
    fi
    psql=$(require_psql) || exit 1
    maintenance=postgres
    [ "$name" != postgres ] || maintenance=template1
    restore_facts
    restore_check
    restore_confirm
    [ -n "${KEPT:-}" ] || restore_dump
    restore_replace
    restore_report
}

# Runs SQL from standard input on the database $1. Further arguments are options of psql.
restore_sql() {
    database=$1
    shift
    client "$psql" --no-psqlrc --quiet --tuples-only --no-align --set=ON_ERROR_STOP=1 --dbname="$database" \
        --set=name="$name" --set=replacement="$replacement" --set=kept="$kept" "$@" \
        --command="set client_min_messages = warning" --command="set statement_timeout = 0" --command="set lock_timeout = 0" \
        --command="set default_transaction_read_only = off" --file=-
}

# Prints a part of the SQL in infrastructure/bin/restore.
restore_part() { cat "$infrastructure/bin/restore/$1.sql"; }

restore_facts() {
    replacement=${KEPT:-}
    kept=
    script=$(restore_part facts) || exit 1
    facts=$(print "$script" | restore_sql "$maintenance") || fail "Nothing was changed."
    {
        IFS= read -r server
        IFS= read -r version
        IFS= read -r user
        IFS= read -r state
        IFS= read -r owner
        IFS= read -r size
        IFS= read -r sessions
        IFS= read -r subscribers
        IFS= read -r prepared
        IFS= read -r earlier
        IFS= read -r kept
        IFS= read -r fresh
    } <<EOF
$facts
EOF
    [ -n "${KEPT:-}" ] || replacement=$fresh
    case $variant in
        docker) server="localhost:5432 (container $container)" ;;
        embedded) server="localhost:$(embedded_port)" ;;
    esac
}

# Finds everything that would make the restore fail, before anything is changed.
restore_check() {
    case $state in
        missing) fail "The server $server has no database $name to replace. Create it first: createdb. Nothing was changed." ;;
        template) fail "$name is the template of new databases and cannot be replaced. Nothing was changed." ;;
        owner) fail "The user $user cannot rename the database $name: it belongs to $owner. Use that user, a member of it or a" \
            "superuser. Nothing was changed." ;;
        createdb) fail "The user $user cannot create a database. Run as a superuser: ALTER ROLE \"$user\" CREATEDB. Nothing was" \
            "changed." ;;
        kept) fail "KEPT is '$KEPT', which is not a database that an earlier restore of $name has kept. Kept databases:" \
            "${earlier:-none}. Nothing was changed." ;;
    esac
    [ "$prepared" = 0 ] || fail "The database $name has $prepared prepared transactions (pg_prepared_xacts), which prevent" \
        "its renaming. Commit them or roll them back first. Nothing was changed."
    [ -z "${KEPT:-}" ] || return 0
    pg_restore=$(find_client pg_restore "$version" || find_client pg_restore 0 || require_client pg_restore "$version") || exit 1
    offline_client "$pg_restore" --list <"$FILE" >/dev/null || fail "$pg_restore cannot read $FILE. Either it is not a dump of make" \
        "backup or pg_dump --format=custom, or a newer version of pg_dump wrote it. Nothing was changed."
}

# In a strict environment a person types the name, or RESTORE_DATABASE has it. FORCE=1 and CI confirm only elsewhere.
restore_confirm() {
    lines "Server:       $server" "Environment:  $(restore_environment)" "Database:     $name ($size, sessions: $sessions)" \
        "Restore from: $restored_from" "The database is replaced and its sessions are ended. The previous database is kept under another name."
    [ "$subscribers" = 0 ] ||
        print "Logical replication: $subscribers slots and subscriptions stay with the previous database."
    [ -z "$earlier" ] || print "Databases of earlier restores, which you can drop: $earlier"
    if [ -n "${RESTORE_DATABASE:-}" ]; then
        [ "$RESTORE_DATABASE" = "$name" ] ||
            fail "RESTORE_DATABASE is '$RESTORE_DATABASE', but the database is $name. Nothing was changed."
        return 0
    fi
    if ! strict; then
        if [ "${FORCE:-}" = 1 ] || [ -n "${CI:-}" ]; then return 0; fi
    fi
    [ -t 0 ] || fail "There is no terminal for a confirmation. Set RESTORE_DATABASE=$name to confirm$(strict &&
        print ", because FORCE=1 and CI are not sufficient in a strict environment"). Nothing was changed."
    printf 'Type the name of the database to continue: '
    read -r answer || answer=
    [ "$answer" = "$name" ] || fail "Nothing was changed."
}

restore_environment() {
    if [ "$variant" != environment ]; then
        print "local ($variant)"
    elif strict; then
        print "$environment (strict)"
    else
        print "$environment"
    fi
}

restore_dump() {
    create=$(restore_part create) && properties=$(restore_part properties) || exit 1
    print "$create" | restore_sql "$maintenance" || fail "No database like $name can be created. Nothing was changed."
    trap restore_abandon EXIT
    trap 'exit 129' HUP
    trap 'exit 130' INT
    trap 'exit 143' TERM
    # what the user may not do fails here, and not after hours of restoring
    lines "begin;" "$properties" "rollback;" | restore_sql "$maintenance" --echo-errors --set=source="$name" \
        --set=target="$replacement" || fail "The user $user cannot copy every property of the database $name (see above). Use a" \
        "superuser, or remove the property. The database $name was not changed."
    # The last line is sent only if pg_restore has succeeded. A newer pg_restore writes a setting that older servers do not
    # have: it is removed, but only before the first data, because a line of the data may look the same. There is no single
    # transaction, because it would need a lock for every table; the commit of step 3 makes everything durable.
    restored=$({
        print 'set synchronous_commit = off;' && offline_client "$pg_restore" --file=- <"$FILE" &&
            lines 'set client_min_messages = error;' 'analyze;' '\echo complete'
    } | sed '1,/^COPY /{/^SET transaction_timeout = 0;$/d;}' |
        restore_sql "$replacement" --output=/dev/null) || restored=
    [ "$restored" = complete ] || fail "The restore failed. The database $name was not changed."
}

restore_abandon() {
    status=$?
    trap - EXIT
    print "drop database if exists :\"replacement\" with (force);" | restore_sql "$maintenance" ||
        print "The unfinished database $replacement could not be dropped. Drop it yourself." >&2
    exit "$status"
}

restore_replace() {
    properties=
    [ -n "${KEPT:-}" ] || properties=$(restore_part properties) || exit 1
    replace=$(restore_part replace) || exit 1
    lines "begin;" "$properties" "$replace" "commit;" | restore_sql "$maintenance" --set=source="$name" \
        --set=target="$replacement" || replace=failed
    # the answer to the commit may have been lost, so the server is asked for the outcome
    outcome=$(print "select case when exists (select from pg_database where datname = :'replacement') then 'unchanged'" \
        "else 'replaced' end;" | restore_sql "$maintenance") || outcome=unknown
    case $outcome in
        replaced) trap - EXIT ;;
        unchanged) fail "The database $name was not changed." ;;
        *)
            trap - EXIT
            fail "The server does not answer. If it has a database $kept, then $name is restored, and $kept is the previous" \
                "database. Otherwise $name was not changed, and $replacement has the restored content."
            ;;
    esac
}

restore_report() {
    lines "The database $name on $server is restored from $restored_from." \
        "The previous database is kept as $kept ($size)." \
        "  To go back:    make restore KEPT='$kept'" \
        "  To delete it:  make psql SQL='drop database \"$kept\"'"
}
