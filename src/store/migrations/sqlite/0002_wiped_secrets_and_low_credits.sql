-- Whether an ended task had come with secrets, so that a replay can say that they are gone; whether the log says of a balance
-- that little is left. The version before can go on beside this one: it never reads the new columns.
alter table tasks add column secrets_wiped integer not null default 0;
alter table balances add column low integer not null default 0;
insert or replace into settings (key, value) values ('compatible_from', '1');
