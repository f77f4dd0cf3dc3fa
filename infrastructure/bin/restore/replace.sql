-- Renames the database :"name" to :"kept" and :"replacement" to :"name". Runs in a transaction, so there is always a database
-- with the name, and psql that is killed changes nothing.
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
            -- the rename itself ends the workers of autovacuum
            for session in select * from pg_stat_activity where datname = renamed[i] and usesysid is not null loop
                begin
                    perform pg_terminate_backend(session.pid);
                exception when insufficient_privilege then
                    raise exception 'user % may not end the session of user % on the database % (process %, %)',
                        current_user, session.usename, renamed[i], session.pid, session.application_name
                        using hint = 'End it, or use a member of pg_signal_backend. Only a superuser may end sessions of superusers.';
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
                    raise exception 'sessions on the database % did not end: %', renamed[i], remaining;
                end if;
            end;
        end loop;
    end loop;
end $$;
