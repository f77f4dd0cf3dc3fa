-- The role of applications and developers, postgres. It owns this database and may create databases and roles, like the
-- master user of RDS. It is not a superuser: its password is well known on a developer's machine, and a superuser can run
-- programs and read files there. The first superuser is renamed to wellhead_admin and loses its password, so that it can
-- log in only from inside the container; its name and its password pass to the new role.
-- The embedded server has these two roles before it runs the scripts as postgres, so this one does nothing there.
begin;

do $$
begin
    if not (select rolsuper from pg_roles where rolname = current_user) then
        return;
    end if;
    if current_database() <> 'monorepo_dev' or exists (select from pg_roles where oid >= 16384) then
        raise exception 'this script is only for the first start of the local database';
    end if;

    -- a role cannot be renamed in its own session
    create role wellhead_setup superuser;
    set session authorization wellhead_setup;
    alter role postgres rename to wellhead_admin;

    execute format('create role postgres login createdb createrole password %L',
        (select rolpassword from pg_authid where rolname = 'wellhead_admin'));
    execute format('alter database %I owner to postgres', current_database());

    alter role wellhead_admin password null;
    reset session authorization;
    drop role wellhead_setup;
end $$;

commit;
