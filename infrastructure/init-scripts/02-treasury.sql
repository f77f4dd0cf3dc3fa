-- The schema treasury: bank statements line by line, and the posting of the ledger that corresponds to each line.
begin;

create schema treasury;
comment on schema treasury is 'Bank accounts, their statements, and how they reconcile with the ledger';

create table treasury.bank_accounts (
    id bigint generated always as identity primary key,
    iban text not null unique check (iban ~ '^[A-Z]{2}[0-9]{2}[A-Z0-9]{11,30}$'),
    bank text not null check (bank <> ''),
    ledger_account_id bigint not null unique,
    currency text not null,
    foreign key (ledger_account_id, currency) references ledger.accounts (id, currency)
);
comment on column treasury.bank_accounts.ledger_account_id is 'The asset account of the ledger for this bank account, with the same currency';

create table treasury.statements (
    id bigint generated always as identity primary key,
    bank_account_id bigint not null references treasury.bank_accounts (id),
    number integer not null check (number > 0),
    closed_on date not null,
    opening_balance bigint not null,
    closing_balance bigint not null,
    unique (bank_account_id, number),
    unique (bank_account_id, closed_on)
);

create table treasury.statement_lines (
    id bigint generated always as identity primary key,
    statement_id bigint not null references treasury.statements (id),
    line integer not null check (line > 0),
    value_date date not null,
    amount bigint not null check (amount <> 0),
    reference text not null check (reference <> ''),
    unique (statement_id, line)
);
comment on column treasury.statement_lines.amount is 'Minor units; positive: received, negative: paid';

create table treasury.reconciliations (
    statement_line_id bigint primary key references treasury.statement_lines (id),
    posting_id bigint not null unique references ledger.postings (id),
    reconciled_at timestamptz not null default now()
);
comment on table treasury.reconciliations is 'Links a statement line to the posting that corresponds to it';

create function treasury.check_statement(statement_id bigint) returns void
    language plpgsql set search_path = '' as $$
declare
    statement treasury.statements;
    lines numeric;
    previous bigint;
begin
    select * into statement from treasury.statements s where s.id = statement_id;
    select coalesce(sum(l.amount), 0) into lines from treasury.statement_lines l where l.statement_id = statement.id;
    if statement.opening_balance + lines <> statement.closing_balance then
        raise exception 'statement % does not add up: opening balance % plus lines % is not closing balance %',
                statement.number, statement.opening_balance, lines, statement.closing_balance
            using errcode = 'check_violation', schema = 'treasury', table = 'statements', constraint = 'statement_adds_up';
    end if;
    select s.closing_balance into previous from treasury.statements s
     where s.bank_account_id = statement.bank_account_id and s.number < statement.number
     order by s.number desc limit 1;
    if found and previous <> statement.opening_balance then
        raise exception 'statement % opens with %, but the previous statement closed with %',
                statement.number, statement.opening_balance, previous
            using errcode = 'check_violation', schema = 'treasury', table = 'statements', constraint = 'statement_continues';
    end if;
end $$;

create function treasury.check_changed_statement() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    perform treasury.check_statement(new.id);
    return null;
end $$;
create constraint trigger statement_is_sound after insert or update on treasury.statements
    deferrable initially deferred for each row execute function treasury.check_changed_statement();

create function treasury.check_statement_of_line() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    perform treasury.check_statement(case when tg_op = 'DELETE' then old.statement_id else new.statement_id end);
    return null;
end $$;
create constraint trigger statement_is_sound after insert or update or delete on treasury.statement_lines
    deferrable initially deferred for each row execute function treasury.check_statement_of_line();

create function treasury.check_reconciliation() returns trigger
    language plpgsql security definer set search_path = '' as $$
begin
    perform 1
       from treasury.statement_lines l
       join treasury.statements s on s.id = l.statement_id
       join treasury.bank_accounts b on b.id = s.bank_account_id
       join ledger.postings p on p.account_id = b.ledger_account_id and p.amount = l.amount
      where l.id = new.statement_line_id and p.id = new.posting_id;
    if not found then
        raise exception 'posting % and statement line % differ in account or amount',
                new.posting_id, new.statement_line_id
            using errcode = 'check_violation', schema = 'treasury', table = 'reconciliations', constraint = 'line_is_posting';
    end if;
    return null;
end $$;
create constraint trigger line_is_posting after insert or update on treasury.reconciliations
    deferrable initially deferred for each row execute function treasury.check_reconciliation();

create view treasury.open_lines as
select b.iban, s.number as statement, l.line, l.value_date, l.amount, b.currency, l.reference, l.id as statement_line_id
  from treasury.statement_lines l
  join treasury.statements s on s.id = l.statement_id
  join treasury.bank_accounts b on b.id = s.bank_account_id
  left join treasury.reconciliations r on r.statement_line_id = l.id
 where r.statement_line_id is null;
comment on view treasury.open_lines is 'Statement lines without a posting in the ledger';

create view treasury.open_postings as
select b.iban, e.booked_on, p.amount, b.currency, e.description, p.id as posting_id
  from ledger.postings p
  join ledger.journal_entries e on e.id = p.entry_id
  join treasury.bank_accounts b on b.ledger_account_id = p.account_id
  left join treasury.reconciliations r on r.posting_id = p.id
 where r.posting_id is null;
comment on view treasury.open_postings is 'Postings of the ledger without a statement line';

create view treasury.positions as
select b.iban,
       b.currency,
       coalesce(s.closing_balance, 0) as bank_balance,
       l.balance as ledger_balance,
       coalesce((select sum(o.amount) from treasury.open_lines o where o.iban = b.iban), 0)::bigint as open_lines,
       coalesce((select sum(o.amount) from treasury.open_postings o where o.iban = b.iban), 0)::bigint as open_postings
  from treasury.bank_accounts b
  join ledger.balances l on l.account_id = b.ledger_account_id
  left join lateral (
       select closing_balance from treasury.statements
        where bank_account_id = b.id order by number desc limit 1) s on true;
comment on view treasury.positions is
    'A bank account is reconciled if bank_balance + open_postings = ledger_balance + open_lines';

commit;
