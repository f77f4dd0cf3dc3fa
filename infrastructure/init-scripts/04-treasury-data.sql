-- Example data: the bank statements of January. Interest that is not posted yet and a withdrawal that the bank has not
-- executed yet remain open, as at the end of a real month.
begin;

insert into treasury.bank_accounts (iban, bank, ledger_account_id, currency)
select account.iban, 'Example Bank', a.id, a.currency
  from (values
    ('DE89370400440532013000', '1000'),
    ('DE02120300000000202051', '1010'),
    ('GB29NWBK60161331926819', '1100')
  ) as account (iban, code)
  join ledger.accounts a on a.code = account.code
 order by a.code;

insert into treasury.statements (bank_account_id, number, closed_on, opening_balance, closing_balance)
select b.id, statement.number, statement.closed_on::date, statement.opening, statement.closing
  from (values
    ('DE89370400440532013000', 1, '2026-01-10',       0, 4820000),
    ('DE89370400440532013000', 2, '2026-01-31', 4820000, 4819005),
    ('DE02120300000000202051', 1, '2026-01-31',       0,  799900),
    ('GB29NWBK60161331926819', 1, '2026-01-31',       0,  150000)
  ) as statement (iban, number, closed_on, opening, closing)
  join treasury.bank_accounts b on b.iban = statement.iban
 order by b.id, statement.number;

insert into treasury.statement_lines (statement_id, line, value_date, amount, reference)
select s.id, line.line, line.value_date::date, line.amount, line.reference
  from (values
    ('DE89370400440532013000', 1, 1, '2026-01-02', 5000000, 'SHARE CAPITAL'),
    ('DE89370400440532013000', 1, 2, '2026-01-05', -180000, 'RENT 01/2026'),
    ('DE89370400440532013000', 2, 1, '2026-01-15',   -1490, 'CHARGES 01/2026'),
    ('DE89370400440532013000', 2, 2, '2026-01-30',     100, 'FEES 01/2026'),
    ('DE89370400440532013000', 2, 3, '2026-01-31',     395, 'INTEREST 01/2026'),
    ('DE02120300000000202051', 1, 1, '2026-01-07',  800000, 'COLLECTED DEPOSITS'),
    ('DE02120300000000202051', 1, 2, '2026-01-30',    -100, 'FEES 01/2026'),
    ('GB29NWBK60161331926819', 1, 1, '2026-01-08',  150000, 'COLLECTED DEPOSITS')
  ) as line (iban, statement, line, value_date, amount, reference)
  join treasury.bank_accounts b on b.iban = line.iban
  join treasury.statements s on s.bank_account_id = b.id and s.number = line.statement
 order by s.id, line.line;

insert into treasury.reconciliations (statement_line_id, posting_id)
select l.id, p.id
  from treasury.statement_lines l
  join treasury.statements s on s.id = l.statement_id
  join treasury.bank_accounts b on b.id = s.bank_account_id
  join ledger.postings p on p.account_id = b.ledger_account_id and p.amount = l.amount
  join ledger.journal_entries e on e.id = p.entry_id and e.booked_on = l.value_date and e.reverses is null;

commit;
