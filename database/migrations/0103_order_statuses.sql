-- Orders as the system of a housing association lists them: by the status of VERA (H6). How many are done follows from the statuses, and stays beside them.

alter table order_count add unique (network_id, count_id, project_id);
create table order_status (
	network_id uuid not null,
	count_id uuid not null,
	project_id uuid not null,
	status text not null check (status ~ '^[A-Z]{2,10}$'),
	orders integer not null check (orders between 1 and 1000000),
	primary key (network_id, count_id, status),
	foreign key (network_id, count_id, project_id) references order_count (network_id, count_id, project_id)
);
comment on table order_status is 'Of a count of orders: how many stood at which status of VERA (ONDERHOUDSORDERSTATUS), where it was counted so. retention: with the project.';
create index order_status_project on order_status (network_id, project_id);
alter table order_status enable row level security;
alter table order_status force row level security;
create policy owner_all on order_status to loopplank_owner using (true) with check (true);
create policy table_reads on order_status for select to loopplank_app
	using (network_id = (select app.network_id()) and project_id = any(array(select app.my_cases())));
-- With one's own count, in the act that counts.
create policy table_writes on order_status for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network()) and project_id = any(array(select app.my_cases()))
		and count_id = any(array(select c.count_id from order_count c where c.network_id = (select app.network_id())
			and c.person_id = (select app.person_id()) and c.at = (select app.now()))));
grant select, insert on order_status to loopplank_app;
