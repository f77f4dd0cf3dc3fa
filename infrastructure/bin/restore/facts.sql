-- Facts about the database :"name", one per line, in the order in which restore.sh reads them.

-- a name has at most 63 bytes, and the longest suffix below has 30
select left(:'name', n) as prefix from generate_series(1, 63) n where octet_length(left(:'name', n)) <= 33
order by n desc limit 1 \gset
select to_char(clock_timestamp() at time zone 'utc', 'YYYYMMDD_HH24MISS_MS') as time \gset

select :'HOST' || ':' || :'PORT';
select current_setting('server_version_num')::int / 10000;
select current_user;

select coalesce((
    select case
        when datname in ('template0', 'template1') then 'template'
        when not pg_has_role(datdba, 'USAGE') then 'owner'
        when not (select rolsuper or rolcreatedb from pg_roles where rolname = current_user) then 'createdb'
        when :'replacement' <> '' and not (
            starts_with(:'replacement', :'prefix' || '_replaced_')
            and exists (select from pg_database where datname = :'replacement')) then 'kept'
        else 'ok'
    end
    from pg_database where datname = :'name'), 'missing');

select coalesce((select pg_get_userbyid(datdba) from pg_database where datname = :'name'), '');
select coalesce((
    select pg_size_pretty(pg_database_size(oid)) from pg_database
    where datname = :'name' and pg_has_role(datdba, 'USAGE')), '');
select count(*) from pg_stat_activity where datname = :'name' and pid <> pg_backend_pid();
select (select count(*) from pg_replication_slots where database = :'name')
    + (select count(s.subdbid) from pg_subscription s join pg_database d on d.oid = s.subdbid where d.datname = :'name');
select count(*) from pg_prepared_xacts where database = :'name';

select coalesce(string_agg(datname, ', ' order by datname), '') from pg_database
where starts_with(datname, :'prefix' || '_replaced_') or starts_with(datname, :'prefix' || '_restoring_');

select :'prefix' || '_replaced_' || :'time';
select :'prefix' || '_restoring_' || :'time';
