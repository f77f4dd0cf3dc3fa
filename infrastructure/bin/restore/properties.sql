-- Copies to the database :"target" the properties of :"source" that a dump without --create does not restore: rights,
-- settings, comment, security labels and limits. Runs in a transaction. \gexec executes every row of the query before it.

-- datacl is null until the rights are changed for the first time
select format('revoke all on database %I from public, %I', :'target', pg_get_userbyid(datdba))
from pg_database where datname = :'source' and datacl is not null
\gexec

-- The privileges that the owner has granted come first, because others may have passed them on. If the user cannot act as
-- the role that has passed on a privilege, the owner grants it.
select case when acl.acts then format('set local role %I; ', pg_get_userbyid(acl.grantor)) else '' end
    || format('grant %s on database %I to %s', acl.privilege_type, :'target',
        case acl.grantee when 0 then 'public' else quote_ident(pg_get_userbyid(acl.grantee)) end)
    || case when acl.is_grantable then ' with grant option' else '' end
    || case when acl.acts then '; reset role' else '' end
from (
    select a.*, a.grantor <> d.datdba and pg_has_role(current_user, a.grantor,
        case when current_setting('server_version_num')::int >= 160000 then 'SET' else 'MEMBER' end) as acts,
        a.grantor <> d.datdba as passed_on
    from pg_database d, aclexplode(d.datacl) with ordinality
        a (grantor, grantee, privilege_type, is_grantable, position)
    where d.datname = :'source') acl
order by acl.passed_on, acl.position
\gexec

-- Settings of the database, and of roles in the database. The value of a setting that is a list of names is stored with
-- quotation marks around the single names, so each name becomes a string of its own. PostgreSQL has a fixed list of such
-- settings.
select format('alter %s set %I to %s',
    case s.setrole
        when 0 then format('database %I', :'target')
        else format('role %I in database %I', pg_get_userbyid(s.setrole), :'target')
    end,
    setting.name,
    case when lower(setting.name) in ('local_preload_libraries', 'search_path', 'session_preload_libraries',
            'shared_preload_libraries', 'temp_tablespaces', 'unix_socket_directories')
        then coalesce((
            select string_agg(quote_literal(coalesce(replace(element[1], '""', '"'), lower(element[2]))), ', ' order by position)
            from regexp_matches(setting.value, '"((?:[^"]|"")*)"|([^",\s]+)', 'g') with ordinality list (element, position)), '''''')
        else quote_literal(setting.value)
    end)
from pg_db_role_setting s
    join pg_database d on d.oid = s.setdatabase,
    unnest(s.setconfig) entry,
    lateral (select split_part(entry, '=', 1), substr(entry, strpos(entry, '=') + 1)) setting (name, value)
where d.datname = :'source'
order by s.setrole, setting.name
\gexec

select format('comment on database %I is %L', :'target', shobj_description(oid, 'pg_database'))
from pg_database where datname = :'source' and shobj_description(oid, 'pg_database') is not null
\gexec

select format('security label for %I on database %I is %L', l.provider, :'target', l.label)
from pg_shseclabel l join pg_database d on l.classoid = 'pg_database'::regclass and l.objoid = d.oid
where d.datname = :'source'
\gexec

select format('alter database %I with connection limit %s is_template %s allow_connections %s',
    :'target', datconnlimit, datistemplate::text, datallowconn::text)
from pg_database
where datname = :'source' and (datconnlimit <> -1 or datistemplate or not datallowconn)
\gexec
