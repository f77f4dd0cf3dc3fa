-- Creates the empty database :"replacement" with the owner, encoding, locale and tablespace of :"name". The columns of the
-- locale depend on the version of the server, so they are read from a JSON object.
select format('create database %I template template0 owner %I encoding %L lc_collate %L lc_ctype %L',
        :'replacement', pg_get_userbyid(d.datdba), pg_encoding_to_char(d.encoding), d.datcollate, d.datctype)
    || case d.columns ->> 'datlocprovider'
        when 'c' then ' locale_provider libc'
        when 'i' then format(' locale_provider icu icu_locale %L', coalesce(d.columns ->> 'datlocale', d.columns ->> 'daticulocale'))
            || coalesce(' icu_rules ' || quote_literal(d.columns ->> 'daticurules'), '')
        when 'b' then format(' locale_provider builtin builtin_locale %L', d.columns ->> 'datlocale')
        else ''
    end
    -- the default of a new database is the tablespace of its template, for which nobody needs a privilege
    || case when d.dattablespace = template.dattablespace then '' else format(' tablespace %I', s.spcname) end
from (select *, to_jsonb(pg_database) as columns from pg_database where datname = :'name') d
    join pg_tablespace s on s.oid = d.dattablespace,
    pg_database template
where template.datname = 'template0'
\gexec
