begin;
insert into orders values (2, $x$ ; $x$);
commit;
