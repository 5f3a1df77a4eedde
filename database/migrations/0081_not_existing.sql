-- Who said in a slip that the network was there before it worked here can take that back: without a year the start goes in order again.
alter table start_existing alter column since_year drop not null;
comment on column start_existing.since_year is 'Null: said back, the network begins here.';
comment on table start_existing is 'Since when the network works together, said by one of its people: its start is then written in any order; without a year it begins here, in order. The newest counts. retention: as long as the network.';
