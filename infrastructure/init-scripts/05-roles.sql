-- The rights of a service that keeps these books: it reads everything and adds entries, statements and reconciliations,
-- but changes nothing that is posted. The role cannot log in. In production the service's login role is a member of it;
-- on a development machine "set role ledger_app" tests the rights.
begin;

-- roles belong to the whole server, so another database may have created this one
do $$
begin
    if not exists (select from pg_roles where rolname = 'ledger_app') then
        create role ledger_app nologin;
    end if;
end $$;

-- for "set role", without the rights of ledger_app otherwise
grant ledger_app to current_user with inherit false;

grant usage on schema ledger, treasury to ledger_app;
grant select on all tables in schema ledger, treasury to ledger_app;
grant insert (code, name, type, currency, minimum_balance) on ledger.accounts to ledger_app;
grant insert (idempotency_key, booked_on, description, reverses) on ledger.journal_entries to ledger_app;
grant insert (entry_id, account_id, amount) on ledger.postings to ledger_app;
grant insert on treasury.statements, treasury.statement_lines, treasury.reconciliations to ledger_app;
grant delete on treasury.reconciliations to ledger_app;

revoke execute on all functions in schema ledger, treasury from public;

commit;
