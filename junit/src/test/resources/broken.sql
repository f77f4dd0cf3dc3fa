create table fine (id bigint);

create table broken (
    id bigint,
    note txt
);
