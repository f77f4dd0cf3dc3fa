-- The schema ledger: double-entry bookkeeping in integer minor units (cents).
--
-- A journal entry moves money between accounts with two or more postings. The amount of a posting is positive for a debit
-- and negative for a credit. Within one entry the amounts of each currency sum to zero, so the books balance at every
-- commit. Postings cannot be changed or deleted: a mistake is corrected by another entry that reverses it.
begin;

create schema ledger;
comment on schema ledger is 'Double-entry bookkeeping';

create table ledger.currencies (
    code text primary key check (code ~ '^[A-Z]{3}$'),
    name text not null check (name <> ''),
    minor_unit_digits smallint not null check (minor_unit_digits between 0 and 4)
);
comment on table ledger.currencies is 'ISO 4217; an amount of 1234 in a currency with two digits is 12.34';

create table ledger.accounts (
    id bigint generated always as identity primary key,
    code text not null unique check (code ~ '^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$'),
    name text not null check (name <> ''),
    type text not null check (type in ('asset', 'liability', 'equity', 'income', 'expense')),
    currency text not null references ledger.currencies (code),
    normal_sign smallint not null
        generated always as (case when type in ('asset', 'expense') then 1 else -1 end) stored,
    minimum_balance bigint,
    opened_at timestamptz not null default now(),
    unique (id, currency)
);
comment on column ledger.accounts.normal_sign is
    '1 if debits increase the balance (asset, expense), -1 if credits do; balance = normal_sign * sum of the postings';
comment on column ledger.accounts.minimum_balance is 'The lowest permitted balance; null for no limit';

create table ledger.journal_entries (
    id bigint generated always as identity primary key,
    idempotency_key text unique check (length(idempotency_key) between 1 and 200),
    booked_on date not null default current_date,
    posted_at timestamptz not null default now(),
    description text not null check (length(description) between 1 and 500),
    reverses bigint unique references ledger.journal_entries (id)
);
comment on column ledger.journal_entries.idempotency_key is
    'Chosen by the client. An order that is sent several times with the same key is posted once';
comment on column ledger.journal_entries.reverses is 'The entry that this entry reverses';

create table ledger.postings (
    id bigint generated always as identity primary key,
    entry_id bigint not null references ledger.journal_entries (id),
    account_id bigint not null references ledger.accounts (id),
    amount bigint not null check (amount <> 0)
);
comment on column ledger.postings.amount is 'Minor units of the account''s currency; positive: debit, negative: credit';
create index postings_by_entry on ledger.postings (entry_id);
create index postings_by_account on ledger.postings (account_id) include (amount);

-- Runs with the rights of the schema's owner, because locking an account needs a right that ledger_app does not have.
create function ledger.check_posting() returns trigger
    language plpgsql security definer set search_path = '' as $$
declare
    account ledger.accounts;
    excess record;
    balance numeric;
begin
    -- now() is the start of the transaction, also at commit; posted_at of an entry of this transaction has the same value
    if (select e.posted_at from ledger.journal_entries e where e.id = new.entry_id) <> now() then
        raise exception 'journal entry % is closed: postings must be added in the transaction that creates the entry', new.entry_id
            using errcode = 'check_violation', schema = 'ledger', table = 'postings', constraint = 'entry_is_closed';
    end if;

    select a.currency, sum(p.amount) as amount into excess
      from ledger.postings p join ledger.accounts a on a.id = p.account_id
     where p.entry_id = new.entry_id
     group by a.currency having sum(p.amount) <> 0
     limit 1;
    if found then
        raise exception 'journal entry % does not balance: its postings in % sum to %',
                new.entry_id, excess.currency, excess.amount
            using errcode = 'check_violation', schema = 'ledger', table = 'postings', constraint = 'entry_balances';
    end if;

    select * into account from ledger.accounts a where a.id = new.account_id;
    if account.minimum_balance is not null and new.amount * account.normal_sign < 0 then
        -- serialises concurrent payments from one account, so that in READ COMMITTED each one sees the other's posting
        perform 1 from ledger.accounts a where a.id = account.id for no key update;
        select account.normal_sign * sum(p.amount) into balance from ledger.postings p where p.account_id = account.id;
        if balance < account.minimum_balance then
            raise exception 'account % would have the balance %, below its minimum of %',
                    account.code, balance, account.minimum_balance
                using errcode = 'check_violation', schema = 'ledger', table = 'accounts', constraint = 'minimum_balance';
        end if;
    end if;
    return null;
end $$;

create constraint trigger posting_is_sound after insert on ledger.postings
    deferrable initially deferred for each row execute function ledger.check_posting();

create function ledger.check_entry() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    if (select count(*) from ledger.postings p where p.entry_id = new.id) < 2 then
        raise exception 'journal entry % has fewer than two postings', new.id
            using errcode = 'check_violation', schema = 'ledger', table = 'journal_entries', constraint = 'entry_has_postings';
    end if;
    return null;
end $$;

create constraint trigger entry_has_postings after insert on ledger.journal_entries
    deferrable initially deferred for each row execute function ledger.check_entry();

create function ledger.refuse_change() returns trigger language plpgsql as $$
begin
    raise exception '%.% is append-only: post an entry that reverses the wrong entry', tg_table_schema, tg_table_name
        using errcode = 'restrict_violation', schema = tg_table_schema, table = tg_table_name, constraint = 'append_only';
end $$;

create trigger append_only before update or delete or truncate on ledger.journal_entries
    for each statement execute function ledger.refuse_change();
create trigger append_only before update or delete or truncate on ledger.postings
    for each statement execute function ledger.refuse_change();

create view ledger.balances as
select a.id as account_id,
       a.code,
       a.name,
       a.type,
       a.currency,
       (a.normal_sign * coalesce(sum(p.amount), 0))::bigint as balance,
       coalesce(sum(p.amount), 0)::bigint as net
  from ledger.accounts a left join ledger.postings p on p.account_id = a.id
 group by a.id;
comment on column ledger.balances.balance is 'Minor units; positive if the account has its normal balance (debit for assets and expenses, otherwise credit)';
comment on column ledger.balances.net is 'Debits minus credits; the sum over all accounts of a currency is zero';

create view ledger.trial_balance as
select a.currency,
       coalesce(sum(p.amount) filter (where p.amount > 0), 0)::bigint as debits,
       coalesce(-sum(p.amount) filter (where p.amount < 0), 0)::bigint as credits
  from ledger.postings p join ledger.accounts a on a.id = p.account_id
 group by a.currency;
comment on view ledger.trial_balance is 'The books balance if debits and credits are equal in every row';

commit;
