-- Terms that are short and plain are carried out by the product itself: once a day what was kept long enough is destroyed, as the comment of its table says, and how much went is
-- written down. What an objection of a resident is about is held until that is answered.

create table destruction (
	network_id uuid not null references network,
	run_id uuid not null,
	table_name text not null check (table_name ~ '^[a-z_]{1,60}$'),
	rows integer not null check (rows > 0),
	at timestamptz not null,
	primary key (network_id, run_id, table_name)
);
comment on table destruction is 'How many rows of a table were destroyed because their term was over; nothing of what stood in them. retention: as long as the network.';
alter table destruction enable row level security;
alter table destruction force row level security;
create policy owner_all on destruction to loopplank_owner using (true) with check (true);
create policy network_reads on destruction for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()));
grant select on destruction to loopplank_app;

create function app.clear_kept(run uuid) returns table (table_name text, destroyed integer) language plpgsql security definer set search_path = '' as $$
declare
	here uuid := app.network_id();
	rule record;
	term interval;
	due text;
	whose text;
	kept text;
	found integer;
begin
	for rule in select * from (values
		('private_link', 'expires_at', 'link_id', 'private_link_end', $held$
			exists (select from public.resident_objection o where o.network_id = t.network_id and o.link_id = t.link_id)
			or app.held_by_objection(t.subject_id)
			or app.held_by_objection((select f.case_id from public.follow_up f where f.network_id = t.network_id and f.follow_up_id = t.subject_id))
			or app.held_by_objection((select c.case_id from public.question_ask a
				join public.case_question c on c.network_id = a.network_id and c.question_id = a.question_id
				where a.network_id = t.network_id and a.ask_id = t.subject_id)) $held$),
		('success_thanks', 'at', null, null,
			'app.held_by_objection((select s.case_id from public.success_told s where s.network_id = t.network_id and s.told_id = t.told_id))'),
		('duty_ask', 'until_day', 'ask_id', 'duty_answer', 'false'),
		('signal_reminder', 'at', null, null, 'false'),
		('meeting_reminder', 'at', null, null, 'false'),
		('yearly_reminder', 'at', null, null, 'false'),
		('facilitation_reminder', 'at', null, null, 'false')
	) r (kept, since, id, child, held) loop
		term := (regexp_match(obj_description(format('public.%I', rule.kept)::regclass, 'pg_class'), 'retention: (\d+ (?:day|month|year)s?)\M'))[1]::interval;
		if term is null then raise exception 'the comment of % states no term', rule.kept; end if;
		due := format('t.network_id = $1 and t.%I < $2 - $3 and not (%s)', rule.since, rule.held);
		-- What belongs to a row goes before it.
		foreach kept in array array_remove(array[rule.child, rule.kept], null) loop
			whose := case when kept = rule.kept then due
				else format('exists (select from public.%1$I t where t.network_id = c.network_id and t.%2$I = c.%2$I and %3$s)', rule.kept, rule.id, due) end;
			if run is null then
				execute format('select count(*) from public.%I %s where %s', kept, case when kept = rule.kept then 't' else 'c' end, whose) into found using here, app.now(), term;
			else
				execute format('delete from public.%I %s where %s', kept, case when kept = rule.kept then 't' else 'c' end, whose) using here, app.now(), term;
				get diagnostics found = row_count;
			end if;
			if found > 0 then
				if run is not null then insert into public.destruction values (here, run, kept, found, app.now()); end if;
				table_name := kept;
				destroyed := found;
				return next;
			end if;
		end loop;
	end loop;
end $$;
comment on function app.clear_kept(uuid) is 'Destroys what was kept in the network for longer than the comment of its table says, and answers how many rows of which table; without a run it only counts them.';

create function app.held_by_objection(of_case uuid) returns boolean language sql stable set search_path = ''
	as $$
		select exists (
			select from public.resident_objection o where o.network_id = (select app.network_id()) and o.case_id = of_case
				and not exists (select from public.resident_objection_answer a where a.network_id = o.network_id and a.objection_id = o.objection_id))
	$$;
comment on function app.held_by_objection(uuid) is 'Whether a resident objected in a case and nobody answered yet: until then nothing that was sent about it is destroyed.';
revoke execute on function app.clear_kept(uuid), app.held_by_objection(uuid) from public;
grant execute on function app.clear_kept(uuid) to loopplank_jobs;
