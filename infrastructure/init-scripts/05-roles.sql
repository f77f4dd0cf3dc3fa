-- What a service may do that keeps these books: read everything, add entries, statements and reconciliations, change
-- nothing that is posted. Nobody logs in with this role here: in production the service's own login is a member of it;
-- on a laptop "set role ledger_app" shows whether the rights suffice.
begin;

-- a role belongs to the whole server: another of its databases may have it already
do $$
begin
    if not exists (select from pg_roles where rolname = 'ledger_app') then
        create role ledger_app nologin;
    end if;
end $$;

grant usage on schema ledger, treasury to ledger_app;
grant select on all tables in schema ledger, treasury to ledger_app;
grant insert (code, name, type, currency, minimum_balance) on ledger.accounts to ledger_app;
grant insert (idempotency_key, booked_on, description, reverses) on ledger.journal_entries to ledger_app;
grant insert (entry_id, account_id, amount) on ledger.postings to ledger_app;
grant insert on treasury.statements, treasury.statement_lines, treasury.reconciliations to ledger_app;
grant delete on treasury.reconciliations to ledger_app;

revoke execute on all functions in schema ledger, treasury from public;

commit;
