-- a comment with a semicolon; and a quote '
create table orders (id bigint primary key, note text);
create function count_orders() returns bigint language plpgsql as $$
begin
    return (select count(*) from orders);
end;
$$;
insert into orders values (1, 'one; not two');
-- not allowed in a transaction
create index concurrently on orders (note);
