-- The resident's own page: a private link that the holder makes, what may be read by it, and an objection. And how often someone may act.

alter table organisation add column names_to_residents boolean not null default false;
comment on column organisation.names_to_residents is 'Whether residents see the names of this organisation''s people. Else they see the organisation and the function.';
create policy administrator_sets on organisation for update to loopplank_app
	using (network_id = (select app.network_id()) and (select app.has_role('administrator')) and organisation_id = any(array(
		select m.organisation_id from membership m
		where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id()))))
	with check (network_id = (select app.network_id()) and (select app.has_role('administrator')) and organisation_id = any(array(
		select m.organisation_id from membership m
		where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id()) and m.person_id = (select app.person_id()))));
grant update (names_to_residents) on organisation to loopplank_app;

create function app.my_held_cases() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.case_id from public.case_seat s
		join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
		where s.network_id = app.network_id() and s.person_id = app.person_id() and s.membership_id = app.membership_id() and s.holder
			and s.valid_from <= app.now() and (s.valid_until is null or s.valid_until > app.now())
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
	$$;
comment on function app.my_held_cases() is 'The cases that the actor holds now, with the membership they act with.';
grant execute on function app.my_held_cases() to loopplank_app;

-- Of all links, the application itself makes only this one: for who holds the case, for nobody else, for a quarter at most.
create policy table_reads on private_link for select to loopplank_app
	using (network_id = (select app.network_id()) and purpose = 'resident' and subject_id = any(array(select app.my_cases())));
create policy holder_makes on private_link for insert to loopplank_app
	with check (network_id = (select app.network_id()) and purpose = 'resident' and person_id is null and expires_at <= app.now() + interval '90 days'
		and subject_id = any(array(select app.my_held_cases())));
grant insert on private_link to loopplank_app;
create policy table_reads on private_link_end for select to loopplank_app
	using (network_id = (select app.network_id()) and link_id = any(array(
		select l.link_id from private_link l where l.network_id = (select app.network_id()) and l.purpose = 'resident' and l.subject_id = any(array(select app.my_cases())))));
create policy holder_ends on private_link_end for insert to loopplank_app
	with check (network_id = (select app.network_id()) and reason = 'revoked' and link_id = any(array(
		select l.link_id from private_link l where l.network_id = (select app.network_id()) and l.purpose = 'resident' and l.subject_id = any(array(select app.my_held_cases())))));

create table resident_objection (
	network_id uuid not null,
	objection_id uuid not null,
	case_id uuid not null,
	link_id uuid not null,
	at timestamptz not null,
	primary key (network_id, objection_id),
	unique (network_id, objection_id, case_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, link_id) references private_link
);
comment on table resident_objection is 'The resident does not agree with something and said so by their own link. It blocks nothing by itself; the holder answers. retention: with the case.';
create index resident_objection_case on resident_objection (network_id, case_id, at);
create index resident_objection_link on resident_objection (network_id, link_id, at);

create table resident_objection_answer (
	network_id uuid not null,
	objection_id uuid not null,
	case_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, objection_id),
	foreign key (network_id, objection_id, case_id) references resident_objection (network_id, objection_id, case_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table resident_objection_answer is 'The holder answers an objection, once. retention: with the case.';
create index resident_objection_answer_case on resident_objection_answer (network_id, case_id);

do $$
declare t text;
begin
	foreach t in array array['resident_objection', 'resident_objection_answer'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())))', t);
		execute format('grant select on %I to loopplank_app', t);
	end loop;
end $$;
create policy holder_answers on resident_objection_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case_id = any(array(select app.my_held_cases())));
grant insert on resident_objection_answer to loopplank_app;

-- A resident is no person in the network: their words bear nobody's name.
alter table case_words alter column person_id drop not null;
alter table case_words add constraint case_words_of_whom check (person_id is not null or part = 'objection');

-- By the secret of a link that stands, and by nothing else: each function below asks this first.
create function app.resident_case(hash bytea) returns table (case_id uuid, link_id uuid, expires_at timestamptz, opened_at timestamptz, closed boolean)
	language sql stable security definer set search_path = ''
	as $$
		select c.case_id, l.link_id, l.expires_at, c.opened_at,
			coalesce((select v.kind = 'closed' from public.case_event v where v.network_id = c.network_id and v.case_id = c.case_id order by v.at desc, v.event_id desc limit 1), false)
		from public.private_link l
		join public.case_record c on c.network_id = l.network_id and c.case_id = l.subject_id
		where l.network_id = app.network_id() and l.token_hash = hash and l.purpose = 'resident' and l.person_id is null and l.expires_at > app.now()
			and not exists (select from public.private_link_end e where e.network_id = l.network_id and e.link_id = l.link_id)
	$$;
comment on function app.resident_case(bytea) is 'The case of which a resident holds the secret of a standing link. No pseudonym: that is the professionals'' word for them.';

create function app.resident_words(hash bytea) returns table (case_id uuid, words_id uuid, about_id uuid, part text, ciphertext bytea, at timestamptz)
	language sql stable security definer set search_path = ''
	as $$
		select distinct on (w.about_id, w.part) w.case_id, w.words_id, w.about_id, w.part, w.ciphertext, w.at
		from app.resident_case(hash) r
		join public.case_words w on w.network_id = app.network_id() and w.case_id = r.case_id
		where w.part in ('goal', 'first_need', 'agreement', 'objection', 'objection_answer')
		order by w.about_id, w.part, w.at desc, w.words_id desc
	$$;
comment on function app.resident_words(bytea) is 'The sealed words that are the resident''s to read: what they want, what is needed first, what was agreed, their objections and the answers. Not the professionals'' story, questions or reports.';

create function app.resident_agreements(hash bytea)
	returns table (agreement_id uuid, kind text, due_on date, at timestamptz, organisation_name text, function_title text, person_name text, outcome text, answer text)
	language sql stable security definer set search_path = ''
	as $$
		select a.agreement_id, a.kind, a.due_on, a.at, o.name, m.function_title, case when o.names_to_residents then p.display_name end, t.outcome, n.answer
		from app.resident_case(hash) r
		join public.agreement a on a.network_id = app.network_id() and a.case_id = r.case_id
		join public.membership m on m.network_id = a.network_id and m.membership_id = a.membership_id
		join public.person p on p.network_id = a.network_id and p.person_id = a.person_id
		join public.organisation o on o.network_id = a.network_id and o.organisation_id = a.organisation_id
		left join lateral (
			select g.report_id, g.outcome from public.agreement_report g
			where g.network_id = a.network_id and g.agreement_id = a.agreement_id order by g.at desc, g.report_id desc limit 1
		) t on true
		left join public.agreement_answer n on n.network_id = a.network_id and n.report_id = t.report_id
		order by a.at, a.agreement_id
	$$;
comment on function app.resident_agreements(bytea) is 'What was agreed for the resident: by which organisation and function, by when, and how it went. A name only where the organisation chose so.';

-- NEN 7513: who looked, told to the person it is about. Lines of one day that say the same are one.
create function app.resident_looks(hash bytea)
	returns table (day date, organisation_name text, function_title text, person_name text, looked boolean, worked boolean)
	language sql stable security definer set search_path = ''
	as $$
		select d.day, o.name, m.function_title, case when o.names_to_residents then p.display_name end as person_name,
			bool_or(d.result = 'seen'), bool_or(d.result = 'done')
		from (
			select distinct (l.at at time zone 'Europe/Amsterdam')::date as day, l.membership_id, l.result
			from app.resident_case(hash) r
			join public.log_line l on l.network_id = app.network_id() and l.case_id = r.case_id
			where l.result in ('seen', 'done') and l.membership_id is not null
		) d
		join public.membership m on m.network_id = app.network_id() and m.membership_id = d.membership_id
		join public.person p on p.network_id = m.network_id and p.person_id = m.person_id
		join public.organisation o on o.network_id = m.network_id and o.organisation_id = m.organisation_id
		group by 1, 2, 3, 4
		order by 1 desc, 2, 3, 4
		limit 400
	$$;
comment on function app.resident_looks(bytea) is 'Which organisation and function looked or worked, by day; a name only where the organisation chose so.';

create function app.resident_object(hash bytea, new_objection uuid, new_words uuid, sealed bytea) returns uuid
	language plpgsql volatile security definer set search_path = ''
	as $$
		declare
			mine record;
			holder_id uuid;
		begin
			select r.case_id, r.link_id into mine from app.resident_case(hash) r;
			if not found then return null; end if;
			insert into public.resident_objection (network_id, objection_id, case_id, link_id, at)
				values (app.network_id(), new_objection, mine.case_id, mine.link_id, app.now());
			insert into public.case_words (network_id, case_id, words_id, about_id, part, ciphertext, at, person_id)
				values (app.network_id(), mine.case_id, new_words, new_objection, 'objection', sealed, app.now(), null);
			select s.person_id into holder_id from public.case_seat s
				where s.network_id = app.network_id() and s.case_id = mine.case_id and s.holder and s.valid_until is null;
			return holder_id;
		end
	$$;
comment on function app.resident_object(bytea, uuid, uuid, bytea) is 'Writes the objection of a resident who holds the secret of a standing link; answers who holds the case, to be told.';

create function app.resident_objections(hash bytea) returns table (objection_id uuid, at timestamptz, answered_at timestamptz)
	language sql stable security definer set search_path = ''
	as $$
		select b.objection_id, b.at, n.at
		from app.resident_case(hash) r
		join public.resident_objection b on b.network_id = app.network_id() and b.case_id = r.case_id
		left join public.resident_objection_answer n on n.network_id = b.network_id and n.objection_id = b.objection_id
		order by b.at, b.objection_id
	$$;
comment on function app.resident_objections(bytea) is 'What the resident did not agree with, and when it was answered.';
grant execute on function app.resident_case(bytea), app.resident_words(bytea), app.resident_agreements(bytea), app.resident_looks(bytea),
	app.resident_objections(bytea), app.resident_object(bytea, uuid, uuid, bytea) to loopplank_app;

-- How often someone asked something of the product within a minute. By the server's own clock: it guards the machine, it is no rule of the network.
create unlogged table identity.pace (
	person_id uuid not null,
	kind text not null check (kind in ('act', 'search')),
	minute timestamptz not null,
	times integer not null check (times > 0),
	primary key (person_id, kind)
);
comment on table identity.pace is 'How often a person acted or searched within one minute; the minute before is overwritten. Unlogged, in no backup. retention: until their next act.';
alter table identity.pace enable row level security;
alter table identity.pace force row level security;
create policy owner_all on identity.pace to loopplank_owner using (true) with check (true);
create policy identity_all on identity.pace to loopplank_identity using (true) with check (true);
grant select, insert, update, delete on identity.pace to loopplank_identity;
