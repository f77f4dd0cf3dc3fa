-- The tables that the ledger needs for a queue and a search engine: the entries that have to be delivered to them, the
-- messages that were handled, and the turnover that is computed from the messages. The ledger deletes old rows of the first
-- two. This script can be run again, also in a database that an earlier version of it has changed.
begin;

create table if not exists ledger.outbox (
    id uuid primary key default gen_random_uuid(),
    destination text not null check (destination <> ''),
    entry_id bigint not null references ledger.journal_entries (id),
    delivered_at timestamptz,
    unique (destination, entry_id)
);
comment on table ledger.outbox is
    'Entries for another service, added in the transaction that posts the entry, and deleted 30 days after the delivery';
comment on column ledger.outbox.id is 'The identifier of the message, which is the same if the message is sent again';
create index if not exists outbox_undelivered on ledger.outbox (destination, entry_id) where delivered_at is null;

create table if not exists ledger.outbox_progress (
    destination text primary key check (destination <> ''),
    finished_through bigint not null default 0
);
comment on table ledger.outbox_progress is
    'How far the outbox has been cleaned, so that an entry whose row was deleted is not delivered again';
comment on column ledger.outbox_progress.finished_through is
    'Every entry up to this one was delivered to the destination, and its row in ledger.outbox was deleted';

create table if not exists ledger.handled_messages (
    message_id uuid primary key,
    handled_at timestamptz not null default now()
);
comment on table ledger.handled_messages is
    'Messages whose effect is committed, so that a message has one effect if it is received several times; kept for 30 days';
create index if not exists handled_messages_by_time on ledger.handled_messages (handled_at);

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
grant select on ledger.outbox, ledger.outbox_progress, ledger.handled_messages, ledger.turnover to ledger_app;
grant insert (destination, entry_id), update (delivered_at), delete on ledger.outbox to ledger_app;
grant insert (destination), update (finished_through) on ledger.outbox_progress to ledger_app;
grant insert (message_id), delete on ledger.handled_messages to ledger_app;
grant insert, update (postings, debits, credits) on ledger.turnover to ledger_app;

commit;
