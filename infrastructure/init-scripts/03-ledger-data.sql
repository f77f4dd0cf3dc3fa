-- Example data: the books of a small payments company with bank accounts, customer wallets, income and expenses.
begin;

insert into ledger.currencies (code, name, minor_unit_digits) values
    ('EUR', 'Euro', 2),
    ('JPY', 'Yen', 0),
    ('USD', 'US dollar', 2);

insert into ledger.accounts (code, name, type, currency, minimum_balance) values
    ('1000', 'Bank, current account',      'asset',     'EUR', null),
    ('1010', 'Bank, safeguarding account', 'asset',     'EUR', 0),
    ('1100', 'Bank, dollar account',       'asset',     'USD', 0),
    ('1200', 'Bank, yen account',          'asset',     'JPY', 0),
    ('2001', 'Customer wallet 1',          'liability', 'EUR', 0),
    ('2002', 'Customer wallet 2',          'liability', 'EUR', 0),
    ('2003', 'Customer wallet 3',          'liability', 'EUR', 0),
    ('2004', 'Customer wallet 4',          'liability', 'EUR', 0),
    ('2005', 'Customer wallet 5',          'liability', 'EUR', 0),
    ('2006', 'Customer wallet 6',          'liability', 'EUR', 0),
    ('2007', 'Customer wallet 7',          'liability', 'EUR', 0),
    ('2008', 'Customer wallet 8',          'liability', 'EUR', 0),
    ('2101', 'Customer wallet 1, dollars', 'liability', 'USD', 0),
    ('2102', 'Customer wallet 2, dollars', 'liability', 'USD', 0),
    ('2201', 'Customer wallet 1, yen',     'liability', 'JPY', 0),
    ('3000', 'Share capital',              'equity',    'EUR', null),
    ('4000', 'Fees',                       'income',    'EUR', null),
    ('5000', 'Bank charges',               'expense',   'EUR', null),
    ('5100', 'Rent',                       'expense',   'EUR', null);

insert into ledger.journal_entries (idempotency_key, booked_on, description) values
    ('seed-capital',      '2026-01-02', 'Share capital paid in'),
    ('seed-rent-01',      '2026-01-05', 'Rent for January'),
    ('seed-deposit-eur',  '2026-01-07', 'Customer deposits by bank transfer'),
    ('seed-deposit-usd',  '2026-01-08', 'Customer deposits in dollars'),
    ('seed-deposit-jpy',  '2026-01-08', 'Customer deposit in yen'),
    ('seed-transfer-1',   '2026-01-12', 'Wallet 1 to wallet 2'),
    ('seed-transfer-2',   '2026-01-13', 'Wallet 3 to wallet 4, with a fee'),
    ('seed-mistake',      '2026-01-14', 'Bank charge, booked twice by mistake'),
    ('seed-charges-01',   '2026-01-15', 'Bank charges for January'),
    ('seed-fees-01',      '2026-01-30', 'Fees moved out of safeguarding'),
    ('seed-withdrawal-1', '2026-01-30', 'Wallet 2 withdraws to the bank');

insert into ledger.postings (entry_id, account_id, amount)
select e.id, a.id, posting.amount
  from (values
    ('seed-capital',      '1000',  5000000), ('seed-capital',     '3000', -5000000),
    ('seed-rent-01',      '5100',   180000), ('seed-rent-01',     '1000',  -180000),
    ('seed-deposit-eur',  '1010',   800000),
    ('seed-deposit-eur',  '2001',  -100000), ('seed-deposit-eur', '2002',  -100000),
    ('seed-deposit-eur',  '2003',  -100000), ('seed-deposit-eur', '2004',  -100000),
    ('seed-deposit-eur',  '2005',  -100000), ('seed-deposit-eur', '2006',  -100000),
    ('seed-deposit-eur',  '2007',  -100000), ('seed-deposit-eur', '2008',  -100000),
    ('seed-deposit-usd',  '1100',   150000),
    ('seed-deposit-usd',  '2101',  -100000), ('seed-deposit-usd', '2102',   -50000),
    ('seed-deposit-jpy',  '1200',   120000), ('seed-deposit-jpy', '2201',  -120000),
    ('seed-transfer-1',   '2001',     2550), ('seed-transfer-1',  '2002',    -2550),
    ('seed-transfer-2',   '2003',    10100), ('seed-transfer-2',  '2004',   -10000), ('seed-transfer-2', '4000', -100),
    ('seed-mistake',      '5000',     1490), ('seed-mistake',     '1000',    -1490),
    ('seed-charges-01',   '5000',     1490), ('seed-charges-01',  '1000',    -1490),
    ('seed-fees-01',      '1000',      100), ('seed-fees-01',     '1010',     -100),
    ('seed-withdrawal-1', '2002',    20000), ('seed-withdrawal-1','1010',   -20000)
  ) as posting (key, account, amount)
  join ledger.journal_entries e on e.idempotency_key = posting.key
  join ledger.accounts a on a.code = posting.account
 order by e.id, a.code;

insert into ledger.journal_entries (idempotency_key, booked_on, description, reverses)
select 'seed-reversal', '2026-01-15', 'Reverses the bank charge booked twice', id
  from ledger.journal_entries where idempotency_key = 'seed-mistake';

insert into ledger.postings (entry_id, account_id, amount)
select reversal.id, p.account_id, -p.amount
  from ledger.journal_entries reversal join ledger.postings p on p.entry_id = reversal.reverses
 where reversal.idempotency_key = 'seed-reversal'
 order by p.id;

commit;
