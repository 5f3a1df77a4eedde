-- Asking money of the pot, from the first word to the decision.
-- A request holds no case: what links them is seen at the case only, so that who votes, judges or pays sees the request and not the case.

create table request (
	network_id uuid not null references network,
	request_id uuid not null,
	kind text not null check (kind in ('gift', 'advance')),
	lane text not null check (lane in ('light', 'full')),
	amount_cents bigint not null check (amount_cents > 0),
	team_id uuid,
	repaid_by uuid,
	asked_by uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	acute boolean not null,
	at timestamptz not null,
	primary key (network_id, request_id),
	check ((lane = 'light') = (team_id is not null)),
	check ((kind = 'advance') = (repaid_by is not null)),
	foreign key (network_id, membership_id, asked_by) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, repaid_by) references organisation,
	foreign key (network_id, team_id) references team
);
comment on table request is 'Money asked of the pot: how much, by whom, of which team or of the secretariat. No case, no words. retention: 7 years after payment, for the books; else with the case.';
comment on column request.lane is 'How it began. A colleague may ask for more (request_more); then it is full.';
comment on column request.repaid_by is 'The organisation that is to pay an advance back; it owes nothing until it accepts.';

create table case_request (
	network_id uuid not null,
	case_id uuid not null,
	request_id uuid not null,
	primary key (network_id, case_id, request_id),
	unique (network_id, request_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, request_id) references request
);
comment on table case_request is 'For which case money was asked; seen at its table only. retention: with the case.';

create table request_event (
	network_id uuid not null,
	request_id uuid not null,
	event_id uuid not null,
	kind text not null check (kind in ('asked', 'granted', 'partly', 'refused', 'withdrawn', 'paid')),
	granted_cents bigint check (granted_cents > 0),
	at timestamptz not null,
	person_id uuid,
	primary key (network_id, request_id, event_id),
	check ((kind in ('granted', 'partly')) = (granted_cents is not null)),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, person_id) references person
);
comment on table request_event is 'The facts from which the state of a request is folded. retention: with the request.';
comment on column request_event.person_id is 'Whose act it was; null when the product did it because money came in.';
create unique index request_event_decided_once on request_event (network_id, request_id) where kind in ('granted', 'partly', 'refused');
create unique index request_event_ended_once on request_event (network_id, request_id, kind) where kind in ('withdrawn', 'paid');

create table request_more (
	network_id uuid not null,
	request_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, request_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table request_more is 'A colleague found that a small request deserves the full lane: once. retention: with the request.';

create table request_hand (
	network_id uuid not null,
	request_id uuid not null,
	person_id uuid not null,
	hand text not null check (hand in ('asked', 'voted', 'decided', 'released')),
	primary key (network_id, request_id, person_id),
	unique (network_id, request_id, person_id, hand),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, person_id) references person
);
comment on table request_hand is 'One person, one hand in a request: who asked does not vote, who decided does not release. retention: with the request.';

create table request_judgement (
	network_id uuid not null,
	request_id uuid not null,
	judgement_id uuid not null,
	person_id uuid not null,
	hand text not null default 'decided' check (hand = 'decided'),
	membership_id uuid not null,
	organisation_id uuid not null,
	verdict text not null check (verdict in ('grant', 'partly', 'refuse', 'ask')),
	granted_cents bigint check (granted_cents > 0),
	at timestamptz not null,
	primary key (network_id, judgement_id),
	check ((verdict in ('grant', 'partly')) = (granted_cents is not null)),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, request_id, person_id, hand) references request_hand (network_id, request_id, person_id, hand),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table request_judgement is 'What one of the secretariat finds of a request; the newest of each counts. retention: with the request.';
create index request_judgement_request on request_judgement (network_id, request_id, at);

create table request_aside (
	network_id uuid not null,
	request_id uuid not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, request_id, person_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, person_id) references person
);
comment on table request_aside is 'One of the secretariat stands aside, because of an interest of their own. retention: with the request.';

create table request_fallback (
	network_id uuid not null,
	request_id uuid not null,
	person_id uuid,
	membership_id uuid,
	organisation_id uuid,
	at timestamptz not null,
	primary key (network_id, request_id),
	check ((person_id is null) = (membership_id is null) and (person_id is null) = (organisation_id is null)),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table request_fallback is 'The term of the secretariat ran out: who was asked to decide with them, if there was anyone. retention: with the request.';

create table request_fact (
	network_id uuid not null,
	request_id uuid not null,
	fact_id uuid not null,
	step text not null check (step in ('goal', 'problem', 'scheme', 'triangle', 'durability', 'effects', 'precedents', 'reply')),
	entry_id uuid not null,
	facts jsonb not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, fact_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table request_fact is 'What was filled in at a step of the full lane: codes, amounts and dates; the newest of an entry counts. The words stand with the words of the case. retention: with the request.';
comment on column request_fact.entry_id is 'The request itself, or which scheme or problem of several.';
create index request_fact_request on request_fact (network_id, request_id, at);

create table request_question (
	network_id uuid not null,
	request_id uuid not null,
	question_id uuid not null,
	primary key (network_id, request_id),
	unique (network_id, question_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, question_id) references question
);
comment on table request_question is 'By which question a team is asked to agree to a small request. retention: with the request.';

create table request_vote (
	network_id uuid not null,
	request_id uuid not null,
	person_id uuid not null,
	hand text not null default 'voted' check (hand = 'voted'),
	ask_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, request_id, person_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, request_id, person_id, hand) references request_hand (network_id, request_id, person_id, hand),
	foreign key (network_id, ask_id) references question_ask,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table request_vote is 'A colleague of the team agreed. It counts while they are of the team. retention: with the request.';

create table request_short (
	network_id uuid not null,
	request_id uuid not null,
	at timestamptz not null,
	primary key (network_id, request_id),
	foreign key (network_id, request_id) references request
);
comment on table request_short is 'It was agreed to, and there was not enough in the pot: it waits for money. retention: with the request.';

-- What was asked of the secretariat: in the full lane, or asked a second time after a colleague found that it deserves more.
create function app.before_secretariat() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
		join public.request_event e on e.network_id = r.network_id and e.request_id = r.request_id and e.kind = 'asked'
		left join public.request_more m on m.network_id = r.network_id and m.request_id = r.request_id
		where r.network_id = app.network_id()
		group by r.request_id, r.lane, m.request_id
		having r.lane = 'full' or (m.request_id is not null and count(*) >= 2)
	$$;
comment on function app.before_secretariat() is 'The requests that were asked of the secretariat. Not for the roles of the product by itself.';

-- Who sees a request at all.
create function app.my_requests() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
			where r.network_id = app.network_id() and r.asked_by = app.person_id() and r.membership_id = app.membership_id() and app.acts_in_network()
		union select c.request_id from public.case_request c where c.network_id = app.network_id() and c.case_id = any(array(select app.my_cases()))
		union select f.request_id from public.request_fallback f
			where f.network_id = app.network_id() and f.membership_id = app.membership_id() and f.person_id = app.person_id() and app.acts_in_network()
		union select p from app.before_secretariat() p where app.has_role('secretariat')
		union select e.request_id from public.request_event e
			where e.network_id = app.network_id() and e.kind in ('granted', 'partly', 'paid') and app.has_role('treasurer')
		union select s.request_id from public.request_short s where s.network_id = app.network_id() and app.has_role('treasurer')
		union select q.request_id from public.request_question q where q.network_id = app.network_id() and q.question_id = any(array(select app.questions_to_me()))
	$$;
comment on function app.my_requests() is 'The requests that the actor may see: asked by them, of a case at whose table they sit, asked of them, before the secretariat, or to be paid by the treasurer.';

-- Who reads what was filled in: the table of the case, who asked, and who decides in the full lane.
create function app.my_request_papers() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
			where r.network_id = app.network_id() and r.asked_by = app.person_id() and r.membership_id = app.membership_id() and app.acts_in_network()
		union select c.request_id from public.case_request c where c.network_id = app.network_id() and c.case_id = any(array(select app.my_cases()))
		union select f.request_id from public.request_fallback f
			where f.network_id = app.network_id() and f.membership_id = app.membership_id() and f.person_id = app.person_id() and app.acts_in_network()
		union select p from app.before_secretariat() p where app.has_role('secretariat')
	$$;
comment on function app.my_request_papers() is 'The requests of which the actor may read what was filled in: at the table of the case, who asked, the secretariat once it was asked.';

create function app.my_request_subjects() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select p from app.my_request_papers() p
		union select f.entry_id from public.request_fact f where f.network_id = app.network_id() and f.request_id = any(array(select app.my_request_papers()))
		union select j.judgement_id from public.request_judgement j where j.network_id = app.network_id() and j.request_id = any(array(select app.my_request_papers()))
	$$;
comment on function app.my_request_subjects() is 'What the words of those requests are about: the request, its schemes and problems, what was found of it.';

create function app.requests_i_asked() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
		where r.network_id = app.network_id() and r.asked_by = app.person_id() and r.membership_id = app.membership_id() and app.acts_in_network()
	$$;
comment on function app.requests_i_asked() is 'The requests that the actor asked, with the membership they act with.';

create function app.case_of_request(wanted uuid) returns uuid language sql stable security definer set search_path = ''
	as $$
		select c.case_id from public.case_request c
		where c.network_id = app.network_id() and c.request_id = wanted and wanted = any(array(select app.my_requests()))
	$$;
comment on function app.case_of_request(uuid) is 'Under which case the words of a request are sealed and its log lines stand; for whoever may see the request. It opens nothing of the case, and no page shows it.';

create function app.may_judge(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.request r
			join public.membership m on m.network_id = r.network_id and m.membership_id = app.membership_id() and m.person_id = app.person_id()
			where r.network_id = app.network_id() and r.request_id = wanted and m.organisation_id <> r.organisation_id
				and r.request_id = any(array(select app.my_request_papers()))
				and (app.has_role('secretariat') or exists (
					select from public.request_fallback f where f.network_id = r.network_id and f.request_id = r.request_id and f.person_id = app.person_id() and f.membership_id = app.membership_id()))
				and not exists (select from public.request_aside a where a.network_id = r.network_id and a.request_id = r.request_id and a.person_id = app.person_id())
				and not exists (
					select from public.case_request c join public.case_seat s on s.network_id = c.network_id and s.case_id = c.case_id
					where c.network_id = r.network_id and c.request_id = r.request_id and s.person_id = app.person_id())
		)
	$$;
comment on function app.may_judge(uuid) is 'Whether the actor may judge a request: of the secretariat or asked when its term ran out, of another organisation than asks, never at the table of its case, and not standing aside.';

create function app.judgement_reached(wanted uuid) returns table (kind text, granted_cents bigint) language sql stable security definer set search_path = ''
	as $$
		with latest as (
			select distinct on (j.person_id) j.verdict, j.granted_cents, j.organisation_id, j.person_id
			from public.request_judgement j
			where j.network_id = app.network_id() and j.request_id = wanted
				and j.at >= (select max(e.at) from public.request_event e where e.network_id = j.network_id and e.request_id = wanted and e.kind = 'asked')
				and not exists (select from public.request_aside a where a.network_id = j.network_id and a.request_id = j.request_id and a.person_id = j.person_id)
			order by j.person_id, j.at desc, j.judgement_id desc
		)
		select case l.verdict when 'grant' then 'granted' when 'partly' then 'partly' else 'refused' end, l.granted_cents
		from latest l where l.verdict <> 'ask'
		group by l.verdict, l.granted_cents having count(distinct l.organisation_id) >= 2
	$$;
comment on function app.judgement_reached(uuid) is 'The decision on which two of the secretariat, of different organisations, agree; none before that.';

-- A team decides. Only votes of who is in the team now count, never that of the asker.
create function app.requests_to_vote() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select r.request_id from public.request r
		join public.request_question q on q.network_id = r.network_id and q.request_id = r.request_id
		cross join lateral app.team_members(r.team_id) t
		where r.network_id = app.network_id() and r.lane = 'light' and r.asked_by <> app.person_id()
			and q.question_id = any(array(select app.questions_to_me()))
			and t.person_id = app.person_id() and t.membership_id = app.membership_id()
	$$;
comment on function app.requests_to_vote() is 'The small requests in which the actor is asked and is of the team now, with the membership they act with.';

create function app.count_votes(wanted uuid) returns table (votes bigint, organisations bigint) language sql stable security definer set search_path = ''
	as $$
		select count(*), count(distinct v.organisation_id)
		from public.request r
		join public.request_vote v on v.network_id = r.network_id and v.request_id = r.request_id and v.person_id <> r.asked_by
		cross join lateral app.team_members(r.team_id) t
		where r.network_id = app.network_id() and r.request_id = wanted and t.person_id = v.person_id and t.membership_id = v.membership_id
	$$;
comment on function app.count_votes(uuid) is 'How many of the team agree to a request now, and of how many organisations they are.';

create function app.votes_suffice(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.request r cross join lateral app.count_votes(r.request_id) c
			where r.network_id = app.network_id() and r.request_id = wanted and r.lane = 'light'
				and c.votes >= app.fund_rule_number('agreeing_colleagues') and c.organisations >= app.fund_rule_number('agreeing_organisations')
				and not exists (select from public.request_more m where m.network_id = r.network_id and m.request_id = r.request_id)
				and not exists (select from public.request_event e where e.network_id = r.network_id and e.request_id = r.request_id and e.kind <> 'asked')
		)
	$$;
comment on function app.votes_suffice(uuid) is 'Whether enough colleagues of enough organisations agree to a small request that waits for its decision.';

-- Money came in: what was agreed to and waited is granted by the product itself. Written here because nobody acts; only for the jobs' role.
create function app.grant_waiting(wanted uuid, new_event uuid, new_reservation uuid, new_journal uuid, expires timestamptz) returns boolean
	language plpgsql security definer set search_path = '' as $$
declare
	waiting public.request;
	how text;
	cents bigint;
	team uuid;
	who record;
	source uuid;
	free bigint;
begin
	perform pg_advisory_xact_lock(hashtextextended('request/' || app.network_id() || '/' || wanted, 0));
	select r.* into waiting from public.request r where r.network_id = app.network_id() and r.request_id = wanted;
	if waiting.request_id is null
		or not exists (select from public.request_short s where s.network_id = app.network_id() and s.request_id = wanted)
		or exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = wanted and e.kind <> 'asked')
		or exists (select from public.reservation r where r.network_id = app.network_id() and r.request_id = wanted) then return false; end if;
	if app.votes_suffice(wanted) then
		how := 'granted';
		cents := waiting.amount_cents;
		team := waiting.team_id;
		select v.person_id, v.membership_id into strict who from public.request_vote v
			where v.network_id = app.network_id() and v.request_id = wanted order by v.at desc, v.person_id limit 1;
	elsif waiting.lane = 'full' or exists (select from public.request_more m where m.network_id = app.network_id() and m.request_id = wanted) then
		select j.kind, j.granted_cents into how, cents from app.judgement_reached(wanted) j where j.kind <> 'refused';
		if how is null then return false; end if;
		select j.person_id, j.membership_id into strict who from public.request_judgement j
			where j.network_id = app.network_id() and j.request_id = wanted order by j.at desc, j.judgement_id desc limit 1;
	else
		return false;
	end if;
	source := app.find_source(team);
	select s.cash_cents - s.reserved_cents into strict free from public.fund_source s
		where s.network_id = app.network_id() and s.source_id = source for update;
	if free < cents then return false; end if;
	insert into public.request_event (network_id, request_id, event_id, kind, granted_cents, at) values (app.network_id(), wanted, new_event, how, cents, app.now());
	insert into public.reservation (network_id, reservation_id, request_id, source_id, amount_cents, expires_at, person_id, membership_id, at)
		values (app.network_id(), new_reservation, wanted, source, cents, expires, who.person_id, who.membership_id, app.now());
	perform app.book(new_journal, 'reservation', new_reservation, null,
		array[app.find_account('set_aside', source, null), app.find_account('reserved', source, null)], array[cents, -cents]);
	return true;
end $$;
comment on function app.grant_waiting(uuid, uuid, uuid, uuid, timestamptz) is 'Grants a request that was agreed to and waited for money, when there is enough now; false when it is not so.';
grant execute on function app.grant_waiting(uuid, uuid, uuid, uuid, timestamptz) to loopplank_jobs;

create function app.request_granted(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = wanted and e.kind in ('granted', 'partly'))
			and not exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = wanted and e.kind = 'withdrawn')
	$$;
comment on function app.request_granted(uuid) is 'Whether money was granted and not given back.';

create function app.words_i_may_add() returns table (about_id uuid, case_id uuid) language sql stable security definer set search_path = ''
	as $$
		select j.judgement_id, c.case_id from public.request_judgement j
		join public.case_request c on c.network_id = j.network_id and c.request_id = j.request_id
		where j.network_id = app.network_id() and j.person_id = app.person_id() and j.membership_id = app.membership_id()
	$$;
comment on function app.words_i_may_add() is 'What the actor judged, with the case under which its words are sealed: one may add words to it without sitting at the case.';

grant execute on function app.my_requests(), app.my_request_papers(), app.my_request_subjects(), app.requests_i_asked(), app.case_of_request(uuid), app.may_judge(uuid),
	app.judgement_reached(uuid), app.request_granted(uuid), app.words_i_may_add(), app.requests_to_vote(), app.count_votes(uuid), app.votes_suffice(uuid) to loopplank_app;

do $$
declare t text;
begin
	foreach t in array array['request', 'case_request', 'request_event', 'request_more', 'request_hand', 'request_judgement',
		'request_aside', 'request_fallback', 'request_fact', 'request_short', 'request_question', 'request_vote'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select, insert on %I to loopplank_app', t);
	end loop;
	foreach t in array array['request', 'request_event', 'request_more', 'request_hand', 'request_short', 'request_question', 'request_vote'] loop
		execute format('create policy reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and request_id = any(array(select app.my_requests())))', t);
	end loop;
	foreach t in array array['request_judgement', 'request_aside', 'request_fallback', 'request_fact'] loop
		execute format('create policy reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and request_id = any(array(select app.my_request_papers())))', t);
	end loop;
	foreach t in array array['request', 'case_request', 'request_event', 'request_more', 'request_judgement', 'request_aside', 'request_fallback', 'request_hand', 'request_short', 'request_vote'] loop
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_jobs', t);
	end loop;
end $$;

create policy table_reads on case_request for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy asks on case_request for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())) and request_id = any(array(select app.requests_i_asked())));
create policy asks on request for insert to loopplank_app
	with check (network_id = (select app.network_id()) and asked_by = (select app.person_id()) and membership_id = (select app.membership_id()) and (select app.acts_in_network()));
create policy asker_writes on request_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and kind in ('asked', 'withdrawn')
		and request_id = any(array(select app.requests_i_asked())));
create policy secretariat_decides on request_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and kind in ('granted', 'partly', 'refused')
		and app.may_judge(request_id) and exists (select from app.judgement_reached(request_id) j where j.kind = request_event.kind
			and j.granted_cents is not distinct from request_event.granted_cents));
create policy own_hand on request_hand for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and request_id = any(array(select app.my_requests()))
		and case hand
			when 'asked' then request_id = any(array(select app.requests_i_asked()))
			when 'voted' then request_id = any(array(select app.requests_to_vote()))
			when 'decided' then app.may_judge(request_id)
			else (app.has_role('treasurer') or app.has_role('secretariat') or app.has_role('governor')) and app.request_granted(request_id)
		end);
create policy judges on request_judgement for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and app.may_judge(request_id)
		and organisation_id = (select app.my_organisation(array['secretariat', 'governor']))
		and (granted_cents is null or granted_cents <= (select r.amount_cents from request r where r.network_id = request_judgement.network_id and r.request_id = request_judgement.request_id)));
create policy votes on request_vote for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and ask_id = any(array(select app.my_asks())) and request_id = any(array(select app.requests_to_vote()))
		and organisation_id = (select m.organisation_id from membership m where m.network_id = (select app.network_id()) and m.membership_id = (select app.membership_id())));
create policy team_decides on request_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and kind = 'granted'
		and request_id = any(array(select app.requests_to_vote())) and app.votes_suffice(request_id)
		and exists (select from request r where r.network_id = request_event.network_id and r.request_id = request_event.request_id and r.amount_cents = request_event.granted_cents));
create policy asks_more on request_more for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and request_id = any(array(select app.requests_to_vote())));
create policy asks_team on request_question for insert to loopplank_app
	with check (network_id = (select app.network_id()) and request_id = any(array(select app.requests_i_asked())) and question_id = any(array(select app.questions_by_me())));
create policy stands_aside on request_aside for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and request_id = any(array(select app.my_request_papers())));
create policy fills_in on request_fact for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and request_id = any(array(select c.request_id from case_request c where c.case_id = any(array(select app.my_cases())))));
-- Who pays sees what has to be done before payment, in codes.
create policy payer_reads on request_fact for select to loopplank_app
	using (network_id = (select app.network_id()) and step = 'effects' and (select app.has_role('treasurer')) and request_id = any(array(select app.my_requests())));
create policy jobs_asks on request_fallback for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on request_fallback to loopplank_jobs;
-- Written by whoever's yes decided, or by the product.
create policy waits on request_short for insert to loopplank_app
	with check (network_id = (select app.network_id()) and request_id = any(array(select app.my_requests())));

-- Words of a request, sealed under the key of its case: who decides reads those of the request and no others.
create policy request_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and part like 'request\_%' and about_id = any(array(select app.my_request_subjects())));
create policy request_payer_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and part in ('request_what', 'request_supplier', 'request_why') and about_id = any(array(select app.my_requests())));
create policy judge_writes on case_words for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and part in ('request_judgement', 'request_condition', 'request_who_helps')
		and (about_id, case_id) in (select w.about_id, w.case_id from app.words_i_may_add() w));
create policy judge_writes on search_document for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select w.case_id from app.words_i_may_add() w)));

create function app.fallback_for(wanted uuid) returns table (person_id uuid, membership_id uuid, organisation_id uuid) language sql stable security definer set search_path = ''
	as $$
		select m.person_id, m.membership_id, m.organisation_id
		from public.request r
		join public.membership m on m.network_id = r.network_id and m.organisation_id <> r.organisation_id
		where r.network_id = app.network_id() and r.request_id = wanted and m.roles && array['governor', 'secretariat']
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
			and not exists (select from public.request_hand h where h.network_id = r.network_id and h.request_id = wanted and h.person_id = m.person_id)
			and not exists (select from public.request_aside a where a.network_id = r.network_id and a.request_id = wanted and a.person_id = m.person_id)
			and not exists (
				select from public.case_request c join public.case_seat s on s.network_id = c.network_id and s.case_id = c.case_id
				where c.network_id = r.network_id and c.request_id = wanted and s.person_id = m.person_id)
		order by ('governor' = any(m.roles) and not 'secretariat' = any(m.roles)) desc,
			exists (select from public.request_judgement j where j.network_id = r.network_id and j.request_id = wanted and j.organisation_id = m.organisation_id),
			(select count(*) from public.request_fallback f where f.network_id = m.network_id and f.person_id = m.person_id), m.membership_id
		limit 1
	$$;
comment on function app.fallback_for(uuid) is 'Whom to ask when the term of the secretariat ran out: someone of another organisation than asks, without a hand in it, least often asked before.';
grant execute on function app.fallback_for(uuid) to loopplank_jobs;

-- What worked before (A11), and the figures. No case, no organisation; nothing under 3.
create function app.figure_precedents(wanted uuid) returns table (cause text, outcome text, cases bigint) language sql stable security definer set search_path = ''
	as $$
		with newest as (
			select distinct on (n.case_id) n.case_id, n.kind from public.cause_naming n
			where n.network_id = app.network_id() order by n.case_id, n.at desc, n.naming_id desc
		), own as (
			select n.kind, n.case_id from newest n join public.case_request c on c.network_id = app.network_id() and c.case_id = n.case_id
			where c.request_id = wanted and wanted = any(array(select app.my_request_papers())) and n.kind not in ('none', 'not_known_yet')
		), ended as (
			select distinct on (e.case_id) e.case_id, e.kind, e.outcome from public.case_event e
			where e.network_id = app.network_id() order by e.case_id, e.at desc, e.event_id desc
		), alike as (
			select o.kind as cause, d.outcome, count(*) as cases from own o
			join newest n on n.kind = o.kind and n.case_id <> o.case_id
			join ended d on d.case_id = n.case_id and d.kind = 'closed'
			group by 1, 2
		)
		select a.cause, a.outcome, a.cases from alike a where (select sum(b.cases) from alike b) >= 3
	$$;
comment on function app.figure_precedents(uuid) is 'How closed cases with the same cause as that of a request ended; from 3 cases on (k = 3), and no case.';

create function app.figure_requests() returns table (asked bigint, granted bigint, granted_cents bigint, median_hours_light double precision, median_hours_full double precision, helped bigint, without_money bigint)
	language sql stable security definer set search_path = ''
	as $$
		with asked as (
			select r.request_id, case when r.lane = 'full' or m.request_id is not null then 'full' else 'light' end as lane,
				(select max(e.at) from public.request_event e where e.network_id = r.network_id and e.request_id = r.request_id and e.kind = 'asked') as asked_at,
				d.at as decided_at, d.kind, d.granted_cents
			from public.request r
			left join public.request_more m on m.network_id = r.network_id and m.request_id = r.request_id
			left join public.request_event d on d.network_id = r.network_id and d.request_id = r.request_id and d.kind in ('granted', 'partly', 'refused')
			where r.network_id = app.network_id() and app.acts_in_network()
		), ended as (
			select distinct on (e.case_id) e.kind, e.outcome from public.case_event e
			where e.network_id = app.network_id() and app.acts_in_network() order by e.case_id, e.at desc, e.event_id desc
		), hours as (
			select a.lane, count(*) as decided, percentile_cont(0.5) within group (order by extract(epoch from a.decided_at - a.asked_at) / 3600) as median
			from asked a where a.decided_at is not null group by a.lane
		)
		select count(*) filter (where a.asked_at is not null),
			count(*) filter (where a.granted_cents is not null),
			case when count(*) filter (where a.granted_cents is not null) >= 3 then (sum(a.granted_cents))::bigint end,
			(select h.median from hours h where h.lane = 'light' and h.decided >= 3),
			(select h.median from hours h where h.lane = 'full' and h.decided >= 3),
			case when (select count(*) from ended x where x.kind = 'closed' and x.outcome in ('helped', 'helped_without_money')) >= 3
				then (select count(*) from ended x where x.kind = 'closed' and x.outcome in ('helped', 'helped_without_money')) end,
			case when (select count(*) from ended x where x.kind = 'closed' and x.outcome in ('helped', 'helped_without_money')) >= 3
				then (select count(*) from ended x where x.kind = 'closed' and x.outcome = 'helped_without_money') end
		from asked a
	$$;
comment on function app.figure_requests() is 'Requests of the network: how many, how much was granted, how long a decision took, and how many cases were helped without money. Amounts, hours and shares from 3 on (k = 3).';
grant execute on function app.figure_precedents(uuid), app.figure_requests() to loopplank_app;
