-- Renames the database :"name" to :"kept" and :"replacement" to :"name". Runs in a transaction, so there is always a database with the
-- name, and psql that is killed changes nothing.
select set_config('wellhead.name', :'name', true), set_config('wellhead.replacement', :'replacement', true),
    set_config('wellhead.kept', :'kept', true) \g /dev/null

do $$
declare
    renamed text[] := array[current_setting('wellhead.name'), current_setting('wellhead.replacement')];
    renamed_to text[] := array[current_setting('wellhead.kept'), current_setting('wellhead.name')];
    session record;
    remaining text;
begin
    for i in 1 .. 2 loop
        for attempt in 1 .. 5 loop
            perform pg_stat_clear_snapshot();
            for session in select pid from pg_stat_activity where datname = renamed[i] loop
                begin
                    perform pg_terminate_backend(session.pid);
                exception when insufficient_privilege then
                    null;
                end;
            end loop;
            begin
                -- keeps new sessions out from here on, and waits five seconds until the others have ended
                execute format('alter database %I rename to %I', renamed[i], renamed_to[i]);
                exit;
            exception when object_in_use then
                -- a session may have begun before the lock
                if attempt = 5 then
                    perform pg_stat_clear_snapshot();
                    select string_agg(format('process %s of user %s (%s)', pid, usename, application_name), ', ' order by pid)
                    into remaining from pg_stat_activity where datname = renamed[i];
                    raise exception 'sessions on the database % did not end: %', renamed[i], remaining
                        using hint = 'End them, or use a user that may end them: a member of pg_signal_backend, or a superuser.';
                end if;
            end;
        end loop;
    end loop;
end $$;
