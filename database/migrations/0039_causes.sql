-- Who goes about a cause may turn out to be another: handed back, or gone from the network. What someone outside is said to do is recorded with what
-- shows it; an empty pot verifies nothing; and what keeps a cause from being called gone is said.

alter table signal_event add column proof text not null default '' check (char_length(proof) <= 200);
comment on column signal_event.proof is 'Where can be read what is recorded on behalf of someone outside the network: a letter and its date, an address. Before there was a column for it, it stood in the words.';
alter table signal_event drop constraint signal_event_kind_check;
alter table signal_event add constraint signal_event_kind_check
	check (kind in ('opened', 'taken_up', 'not_ours', 'asked_other', 'change_agreed', 'in_force', 'verified', 'reopened'));

create table cause_owner (
	network_id uuid not null references network,
	owner_id uuid not null,
	cause_id uuid not null,
	asked_organisation_id uuid,
	asked_outside text check (asked_outside in ('uwv', 'svb', 'duo', 'tax_office', 'ministry', 'court', 'health_insurer', 'landlord_outside', 'other_outside')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, owner_id),
	check ((asked_organisation_id is null) <> (asked_outside is null)),
	foreign key (network_id, cause_id) references cause,
	foreign key (network_id, asked_organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table cause_owner is 'Another was asked about a cause: the newest goes about it from then on, before that who was named first. Told by functions only, from three cases on. retention: as long as the network.';
create index cause_owner_newest on cause_owner (network_id, cause_id, at desc, owner_id desc);
create index cause_owner_organisation on cause_owner (network_id, asked_organisation_id);
create index cause_owner_membership on cause_owner (network_id, membership_id, person_id);

create table signal_look (
	network_id uuid not null,
	signal_id uuid not null,
	look_id uuid not null,
	held_back text check (held_back in ('new_cases', 'less_intake', 'less_named', 'empty_pot')),
	at timestamptz not null,
	primary key (network_id, signal_id, look_id),
	foreign key (network_id, signal_id) references signal
);
comment on table signal_look is 'What keeps a cause from being called gone once its changed rule has held long enough, written when it becomes another; null: nothing any more. Says no number. retention: as long as the network.';
create index signal_look_newest on signal_look (network_id, signal_id, at desc, look_id desc);

do $$
declare t text;
begin
	foreach t in array array['cause_owner', 'signal_look'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
end $$;
create policy asks_other on cause_owner for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network())
		and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and cause_id = any(array(select s.cause_id from signal s where s.network_id = (select app.network_id()))));
grant insert on cause_owner to loopplank_app;
create policy network_reads on signal_look for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()));
create policy jobs_reads on signal_look for select to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_writes on signal_look for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant select on signal_look to loopplank_app;
grant select, insert on signal_look to loopplank_jobs;

drop policy acts on signal_event;
create policy acts on signal_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and (select app.acts_in_network()) and (not on_behalf or proof <> '') and case
		when kind in ('opened', 'reopened') then signal_id = any(array(
			select s.signal_id from signal s join cause_naming n on n.network_id = s.network_id and n.cause_id = s.cause_id
			where n.person_id = (select app.person_id()) and n.at = (select app.now())))
		when kind = 'verified' then false
		else person_id = (select app.person_id()) and membership_id = (select app.membership_id()) end);

-- Who goes about it now: who was asked last, else who was named first. Of an organisation that left the network only its name is left to say.
create function app.owner_of(wanted uuid) returns table (organisation_id uuid, outside text, gone boolean)
	language sql stable security definer set search_path = ''
	as $$
		select o.organisation_id, case when n.owner_id is null then c.responsible_outside else n.asked_outside end, coalesce(o.left_at <= (select app.now()), false)
		from public.cause c
		left join lateral (
			select w.owner_id, w.asked_organisation_id, w.asked_outside from public.cause_owner w
			where w.network_id = c.network_id and w.cause_id = c.cause_id order by w.at desc, w.owner_id desc limit 1
		) n on true
		left join public.organisation o on o.network_id = c.network_id
			and o.organisation_id = case when n.owner_id is null then c.responsible_organisation_id else n.asked_organisation_id end
		where c.network_id = (select app.network_id()) and c.cause_id = wanted
	$$;
comment on function app.owner_of(uuid) is 'Who goes about a cause now, and whether that organisation left the network. For the functions below; granted to nobody.';

create or replace function app.find_cause(wanted_kind text, wanted_organisation uuid, wanted_outside text, wanted_title text) returns uuid
	language sql stable security definer set search_path = ''
	as $$
		select c.cause_id from public.cause c cross join lateral app.owner_of(c.cause_id) o
		where c.network_id = (select app.network_id()) and (select app.acts_in_network())
			and c.kind = wanted_kind and lower(c.title) = lower(wanted_title)
			and coalesce(wanted_organisation::text, wanted_outside)
				in (coalesce(c.responsible_organisation_id::text, c.responsible_outside), coalesce(o.organisation_id::text, o.outside))
		order by (coalesce(c.responsible_organisation_id::text, c.responsible_outside) = coalesce(wanted_organisation::text, wanted_outside)) desc
		limit 1
	$$;

drop function app.responsible_for(uuid);
create function app.responsible_for(wanted uuid) returns table (organisation_id uuid, outside text, gone boolean)
	language sql stable security definer set search_path = ''
	as $$
		select o.organisation_id, o.outside, o.gone from app.owner_of(wanted) o
		where (select app.acts_in_network())
			and (wanted = any(array(select s.cause_id from public.signal s where s.network_id = (select app.network_id())))
				or 3 <= (select count(distinct n.case_id) from public.cause_naming n where n.network_id = (select app.network_id()) and n.cause_id = wanted)
				or exists (select from public.cause_naming n where n.network_id = (select app.network_id()) and n.cause_id = wanted and n.case_id = any(array(select app.my_cases()))))
	$$;
comment on function app.responsible_for(uuid) is 'Who goes about a cause: once it has a signal or stands in three cases (k = 3), or for who sits at a case with it.';

drop function app.figure_causes_named();
create function app.figure_causes_named() returns table (cause_id uuid, kind text, title text, cases bigint, organisation_id uuid, outside text, gone boolean)
	language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.cause_id
			from public.cause_naming n where n.network_id = (select app.network_id()) and (select app.acts_in_network())
			order by n.case_id, n.at desc, n.naming_id desc
		), counted as (
			select newest.cause_id, count(*) as cases from newest where newest.cause_id is not null group by 1
		)
		select c.cause_id, c.kind, c.title, coalesce(k.cases, 0), o.organisation_id, o.outside, coalesce(o.gone, false)
		from public.cause c
		left join counted k on k.cause_id = c.cause_id
		left join public.signal s on s.network_id = c.network_id and s.cause_id = c.cause_id
		left join lateral app.owner_of(c.cause_id) o on k.cases >= 3 or s.signal_id is not null
		where c.network_id = (select app.network_id()) and (select app.acts_in_network())
	$$;
comment on function app.figure_causes_named() is 'Each cause of the network with the number of cases in which it was named last; who goes about it only from 3 cases or with a signal (k = 3).';

create or replace function app.signal_responsible(wanted uuid) returns table (person_id uuid)
	language sql stable security definer set search_path = ''
	as $$
		select distinct m.person_id
		from public.signal s
		cross join lateral app.owner_of(s.cause_id) o
		join public.membership m on m.network_id = s.network_id
			and m.valid_from <= (select app.now()) and (m.valid_until is null or m.valid_until > (select app.now()))
			and case when o.organisation_id is null or o.gone then m.roles && array['facilitator']
				else m.organisation_id = o.organisation_id and m.roles && array['administrator', 'governor'] end
		where s.network_id = (select app.network_id()) and s.signal_id = wanted
	$$;
comment on function app.signal_responsible(uuid) is 'Who is asked about a signal: who governs or administers the organisation that goes about it; of one outside the network or gone from it, the facilitators. For the jobs role alone.';

create function app.said_not_theirs(wanted_cause uuid, wanted_organisation uuid, wanted_outside text, since timestamptz) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.signal s
			join public.signal_event e on e.network_id = s.network_id and e.signal_id = s.signal_id and e.kind = 'not_ours' and e.at >= since
			join public.cause c on c.network_id = s.network_id and c.cause_id = s.cause_id
			left join lateral (
				select w.owner_id, w.asked_organisation_id, w.asked_outside from public.cause_owner w
				where w.network_id = c.network_id and w.cause_id = c.cause_id and w.at <= e.at order by w.at desc, w.owner_id desc limit 1
			) n on true
			where s.network_id = (select app.network_id()) and s.cause_id = wanted_cause and (select app.acts_in_network())
				and case when n.owner_id is null then coalesce(c.responsible_organisation_id::text, c.responsible_outside)
					else coalesce(n.asked_organisation_id::text, n.asked_outside) end = coalesce(wanted_organisation::text, wanted_outside)
		)
	$$;
comment on function app.said_not_theirs(uuid, uuid, text, timestamptz) is 'Whether someone said since a moment that they do not go about a cause that has a signal. Yes or no.';

create function app.sits_with_cause(wanted uuid) returns boolean
	language sql stable security definer set search_path = ''
	as $$
		select (select app.acts_in_network()) and exists (
			select from public.cause_naming n where n.network_id = (select app.network_id()) and n.cause_id = wanted and n.case_id = any(array(select app.my_cases()))
		)
	$$;
comment on function app.sits_with_cause(uuid) is 'Whether the actor sits at a case in which a cause was named. Yes or no; no case.';

drop function app.signal_evidence(uuid, timestamptz, timestamptz, timestamptz, timestamptz);
create function app.signal_evidence(wanted_cause uuid, changed_from timestamptz, window_from timestamptz, before_from timestamptz, before_until timestamptz)
	returns table (new_cases bigint, brought_in bigint, brought_in_before bigint, named bigint, named_before bigint, pot_ever boolean, pot_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		select
			(select count(distinct n.case_id) from public.cause_naming n join public.case_record c on c.network_id = n.network_id and c.case_id = n.case_id
				where n.network_id = (select app.network_id()) and n.cause_id = wanted_cause and c.opened_at >= changed_from),
			(select count(*) from public.case_record c where c.network_id = (select app.network_id()) and c.opened_at >= window_from and c.opened_at <= (select app.now())),
			(select count(*) from public.case_record c where c.network_id = (select app.network_id()) and c.opened_at >= before_from and c.opened_at < before_until),
			(select count(distinct n.case_id) from public.cause_naming n where n.network_id = (select app.network_id()) and n.at >= window_from and n.at <= (select app.now())),
			(select count(distinct n.case_id) from public.cause_naming n where n.network_id = (select app.network_id()) and n.at >= before_from and n.at < before_until),
			exists (select from public.contribution_step s where s.network_id = (select app.network_id()) and s.kind = 'received'),
			(select coalesce(sum(f.cash_cents - f.reserved_cents), 0)::bigint from public.fund_source f where f.network_id = (select app.network_id()))
	$$;
comment on function app.signal_evidence(uuid, timestamptz, timestamptz, timestamptz, timestamptz) is 'Counts over the cases of one network, and what is left to grant in its pot and on its cards, with which the sweep verifies a signal. For the jobs role alone.';

grant execute on function app.find_cause(text, uuid, text, text), app.responsible_for(uuid), app.figure_causes_named(),
	app.said_not_theirs(uuid, uuid, text, timestamptz), app.sits_with_cause(uuid) to loopplank_app;
grant execute on function app.signal_evidence(uuid, timestamptz, timestamptz, timestamptz, timestamptz) to loopplank_jobs;
