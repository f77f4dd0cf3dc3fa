-- What the ledger needs for a queue and a search engine: the entries that have to be delivered to them, the messages that
-- were handled, and the turnover that is computed from the messages. This script can be run again, also in a database that
-- was created before the script existed.
begin;

create table if not exists ledger.outbox (
    id uuid primary key default gen_random_uuid(),
    destination text not null check (destination <> ''),
    entry_id bigint not null references ledger.journal_entries (id),
    delivered_at timestamptz,
    unique (destination, entry_id)
);
comment on table ledger.outbox is
    'Entries for another service, added in the transaction that posts the entry. Rows are kept after the delivery';
comment on column ledger.outbox.id is 'The identifier of the message, which is the same if the message is sent again';
create index if not exists outbox_undelivered on ledger.outbox (destination, entry_id) where delivered_at is null;

create table if not exists ledger.handled_messages (
    message_id uuid primary key,
    handled_at timestamptz not null default now()
);
comment on table ledger.handled_messages is
    'Messages whose effect is committed, so that a message has one effect if it is received several times';

create table if not exists ledger.turnover (
    account_id bigint not null references ledger.accounts (id),
    booked_on date not null,
    postings bigint not null check (postings > 0),
    debits bigint not null check (debits >= 0),
    credits bigint not null check (credits >= 0),
    primary key (account_id, booked_on)
);
comment on table ledger.turnover is
    'Postings of an account on a day, from messages about posted entries. It is complete when every message is handled';

-- A table that is created by a later script is not part of the grants in 05-roles.sql.
grant select on ledger.outbox, ledger.handled_messages, ledger.turnover to ledger_app;
grant insert (destination, entry_id), update (delivered_at) on ledger.outbox to ledger_app;
grant insert (message_id) on ledger.handled_messages to ledger_app;
grant insert, update (postings, debits, credits) on ledger.turnover to ledger_app;

commit;
