-- Paying what was granted, giving teams their money, and what is paid back. Stands on the books (0017) and on requests (0022).

alter table reservation add constraint reservation_of_request foreign key (network_id, request_id) references request;
alter table fund_source add constraint fund_source_of_team foreign key (network_id, team_id) references team;

-- Who did one of several hands in something of the pot. One person, one hand: that is what the key says.
create table pot_hand (
	network_id uuid not null references network,
	subject_id uuid not null,
	person_id uuid not null,
	hand text not null check (hand in ('first', 'second')),
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, subject_id, person_id),
	unique (network_id, subject_id, hand),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table pot_hand is 'Four eyes: who did the first and who the second hand in a transfer, money for a team, or a claim that is written off. retention: 7 years, with the journals.';

create table payment (
	network_id uuid not null references network,
	payment_id uuid not null,
	request_id uuid not null,
	reservation_id uuid not null,
	way text not null check (way in ('card', 'transfer', 'member')),
	to_resident boolean not null,
	amount_cents bigint not null check (amount_cents > 0),
	last_one boolean not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	at timestamptz not null,
	primary key (network_id, payment_id),
	unique (network_id, payment_id, request_id),
	check (not to_resident or way = 'transfer'),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, reservation_id) references reservation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table payment is 'A payment for a request that was granted: how, how much, by whom. No case, no supplier. retention: 7 years (tax law).';
comment on column payment.last_one is 'With this the matter is settled: what is left of the money set aside goes back.';
create index payment_request on payment (network_id, request_id);
create index payment_reservation on payment (network_id, reservation_id);

create table payment_event (
	network_id uuid not null,
	payment_id uuid not null,
	kind text not null check (kind in ('paid', 'withdrawn', 'reversed')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, payment_id, kind),
	foreign key (network_id, payment_id) references payment,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table payment_event is 'A payment left the pot, was withdrawn before it did, or was taken back in the books: each once. retention: with the payment.';

-- Who is paid: sealed under a key of the payment itself, which is destroyed 90 days after; then nothing of it is left, in no backup.
create table payee (
	network_id uuid not null,
	payment_id uuid not null,
	ciphertext bytea not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, payment_id),
	foreign key (network_id, payment_id) references payment,
	foreign key (network_id, person_id) references person
);
comment on table payee is 'Name, account and reference of who is paid, as ciphertext under a key of this payment alone. retention: 90 days after it was paid or withdrawn; then the key is destroyed and the row removed.';

create table receipt (
	network_id uuid not null,
	receipt_id uuid not null,
	payment_id uuid not null,
	request_id uuid not null,
	case_id uuid not null,
	media_type text not null check (media_type in ('image/jpeg', 'application/pdf')),
	ciphertext bytea not null check (length(ciphertext) <= 5000100),
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, receipt_id),
	foreign key (network_id, payment_id, request_id) references payment (network_id, payment_id, request_id),
	foreign key (network_id, case_id, request_id) references case_request (network_id, case_id, request_id),
	foreign key (network_id, person_id) references person
);
comment on table receipt is 'The photo or PDF of a receipt, sealed under the key of the case. retention: with the key of the case.';
create index receipt_payment on receipt (network_id, payment_id);
create index receipt_case on receipt (network_id, case_id);

create table household_use (
	network_id uuid not null references network,
	use_id uuid not null,
	hash bytea not null check (length(hash) = 32),
	amount_cents bigint not null check (amount_cents > 0),
	on_day date not null,
	primary key (network_id, use_id)
);
comment on table household_use is 'How much went to a household, under a keyed hash that nobody can read or list: it answers one question, at a payment. Names no payment, no request, no case. retention: 12 months.';
create index household_use_hash on household_use (network_id, hash);

create table team_funding (
	network_id uuid not null references network,
	funding_id uuid not null,
	team_id uuid not null,
	amount_cents bigint not null check (amount_cents > 0),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, funding_id),
	foreign key (network_id, team_id) references team,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table team_funding is 'The treasurer wants to give a team money to spend; it goes when another has confirmed it. retention: 7 years.';

create table team_funding_end (
	network_id uuid not null,
	funding_id uuid not null,
	kind text not null check (kind in ('confirmed', 'declined')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, funding_id),
	foreign key (network_id, funding_id) references team_funding,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table team_funding_end is 'Money for a team was confirmed by another than who proposed it, or not: once. retention: with the proposal.';

create table cost_split (
	network_id uuid not null references network,
	split_id uuid not null,
	kind text not null check (kind in ('equal', 'by_deposit', 'agreed')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, split_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table cost_split is 'A way to share what the pot paid, proposed to the organisations: in equal parts, by what they put in, or as agreed. It binds only who accepts it. retention: as long as the network.';

create table cost_split_part (
	network_id uuid not null,
	split_id uuid not null,
	organisation_id uuid not null,
	weight integer not null check (weight > 0),
	primary key (network_id, split_id, organisation_id),
	foreign key (network_id, split_id) references cost_split,
	foreign key (network_id, organisation_id) references organisation
);
comment on table cost_split_part is 'The weight of an organisation in a way to share as agreed. retention: with the way to share.';

create table cost_split_answer (
	network_id uuid not null,
	split_id uuid not null,
	organisation_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, split_id, organisation_id),
	foreign key (network_id, split_id) references cost_split,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table cost_split_answer is 'An organisation accepted a way to share, by who may bind it. retention: with the way to share.';

create table claim (
	network_id uuid not null references network,
	claim_id uuid not null,
	request_id uuid not null,
	organisation_id uuid not null,
	split_id uuid,
	amount_cents bigint not null check (amount_cents > 0),
	due_on date not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, claim_id),
	unique (network_id, split_id, request_id, organisation_id),
	foreign key (network_id, request_id) references request,
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, split_id, organisation_id) references cost_split_answer (network_id, split_id, organisation_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table claim is 'An organisation is asked to pay back what it should have paid. It owes nothing until it accepts, or accepted the way to share beforehand (split_id). retention: 7 years.';
create index claim_request on claim (network_id, request_id);
create index claim_organisation on claim (network_id, organisation_id);

create table claim_event (
	network_id uuid not null,
	event_id uuid not null,
	claim_id uuid not null,
	kind text not null check (kind in ('accepted', 'declined', 'paid', 'written_off')),
	amount_cents bigint check (amount_cents > 0),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, event_id),
	check ((amount_cents is not null) = (kind in ('paid', 'written_off'))),
	foreign key (network_id, claim_id) references claim,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table claim_event is 'A claim was accepted, declined, paid (in part) or written off. retention: with the claim.';
create unique index claim_event_answered on claim_event (network_id, claim_id) where kind in ('accepted', 'declined');
create unique index claim_event_written_off on claim_event (network_id, claim_id) where kind = 'written_off';

create table taken_back (
	network_id uuid not null references network,
	subject_id uuid not null,
	at timestamptz not null,
	primary key (network_id, subject_id)
);
comment on table taken_back is 'A step that was reversed in the books no longer counts. retention: with the journal.';

do $$
declare t text;
begin
	foreach t in array array['pot_hand', 'payment', 'payment_event', 'payee', 'receipt', 'household_use', 'team_funding', 'team_funding_end', 'cost_split', 'cost_split_part', 'cost_split_answer', 'claim', 'claim_event', 'taken_back'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
	end loop;
	foreach t in array array['pot_hand', 'payment', 'payment_event', 'payee', 'receipt', 'team_funding', 'team_funding_end', 'cost_split', 'cost_split_part', 'cost_split_answer', 'claim', 'claim_event', 'taken_back'] loop
		execute format('grant select on %I to loopplank_app', t);
	end loop;
	foreach t in array array['payment', 'payment_event', 'claim', 'claim_event', 'contribution', 'contribution_step'] loop
		if t not in ('contribution', 'contribution_step') then
			execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
			execute format('grant select on %I to loopplank_jobs', t);
		end if;
	end loop;
	foreach t in array array['cost_split', 'cost_split_part', 'cost_split_answer', 'taken_back', 'team_funding', 'team_funding_end'] loop
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
end $$;

create function app.keeps_pot() returns boolean language sql stable security definer set search_path = ''
	as $$ select app.has_role('treasurer') or app.has_role('secretariat') or app.has_role('governor') $$;
comment on function app.keeps_pot() is 'Whether the actor may be one of the four eyes on the pot.';
create function app.my_payments() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select p.payment_id from public.payment p
		where p.network_id = app.network_id() and app.acts_in_network()
			and (p.person_id = app.person_id() and p.membership_id = app.membership_id() or app.has_role('treasurer')
				or p.request_id = any(array(select c.request_id from public.case_request c where c.network_id = p.network_id and c.case_id = any(array(select app.my_cases())))))
	$$;
comment on function app.my_payments() is 'The payments that the actor may see whole: made by them, of a case at whose table they sit, or all, for the treasurer.';
create function app.my_claims() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select c.claim_id from public.claim c
		where c.network_id = app.network_id() and app.acts_in_network()
			and (app.has_role('treasurer') or c.organisation_id = app.my_organisation(array['administrator', 'governor', 'treasurer'])
				or c.request_id = any(array(select app.my_requests())))
	$$;
comment on function app.my_claims() is 'The claims that the actor may see: on their own organisation when they may bind it, of a request they see, or all, for the treasurer.';
grant execute on function app.keeps_pot(), app.my_payments(), app.my_claims() to loopplank_app;

create policy request_reads on reservation for select to loopplank_app using (network_id = (select app.network_id()) and request_id = any(array(select app.my_requests())));
create policy request_reads on reservation_end for select to loopplank_app
	using (network_id = (select app.network_id()) and reservation_id = any(array(select r.reservation_id from reservation r where r.network_id = (select app.network_id()))));
create policy own_reads on payment for select to loopplank_app using (network_id = (select app.network_id()) and payment_id = any(array(select app.my_payments())));
create policy ticker_reads on payment for select to loopplank_app using (network_id = (select app.network_id()) and way <> 'card' and (select app.keeps_pot()));
create policy own_reads on payment_event for select to loopplank_app using (network_id = (select app.network_id()) and payment_id = any(array(select app.my_payments())));
create policy ticker_reads on payment_event for select to loopplank_app using (network_id = (select app.network_id()) and (select app.keeps_pot()));
create policy own_reads on payee for select to loopplank_app using (network_id = (select app.network_id()) and payment_id = any(array(select app.my_payments())));
-- Whose account it is, is read by who ticks a transfer off, while it waits.
create policy ticker_reads on payee for select to loopplank_app using (network_id = (select app.network_id()) and (select app.keeps_pot())
	and payment_id = any(array(select p.payment_id from payment p where p.network_id = (select app.network_id()) and p.way <> 'card'))
	and payment_id <> all(array(select e.payment_id from payment_event e where e.network_id = (select app.network_id()))));
create policy own_writes on payee for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and at = (select app.now())
		and payment_id = any(array(select p.payment_id from payment p where p.person_id = (select app.person_id()) and p.at = (select app.now()))));
grant insert on payee to loopplank_app;
create policy table_reads on receipt for select to loopplank_app using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy payer_reads on receipt for select to loopplank_app
	using (network_id = (select app.network_id()) and (person_id = (select app.person_id()) and payment_id = any(array(select app.my_payments())) or (select app.has_role('treasurer'))));
create policy own_writes on receipt for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and at = (select app.now())
		and case_id = (select app.case_of_request(request_id))
		and payment_id = any(array(select p.payment_id from payment p where p.person_id = (select app.person_id()) and p.at = (select app.now()))));
grant insert on receipt to loopplank_app;
create policy eyes_read on pot_hand for select to loopplank_app
	using (network_id = (select app.network_id()) and (person_id = (select app.person_id()) or (select app.keeps_pot()) or subject_id = any(array(select app.my_payments()))));
create policy own_reads on claim for select to loopplank_app using (network_id = (select app.network_id()) and claim_id = any(array(select app.my_claims())));
create policy own_reads on claim_event for select to loopplank_app using (network_id = (select app.network_id()) and claim_id = any(array(select app.my_claims())));

create policy treasurer_proposes on cost_split for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and at = (select app.now()) and (select app.has_role('treasurer')));
create policy treasurer_proposes on cost_split_part for insert to loopplank_app
	with check (network_id = (select app.network_id()) and split_id = any(array(select s.split_id from cost_split s where s.person_id = (select app.person_id()) and s.at = (select app.now()))));
create policy binds_itself on cost_split_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and organisation_id = (select app.my_organisation(array['administrator', 'governor'])));
grant insert on cost_split, cost_split_part, cost_split_answer to loopplank_app;
create policy proposes on claim for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and at = (select app.now())
		and request_id = any(array(select app.my_requests())));
grant insert on claim to loopplank_app;
create policy treasurer_proposes on team_funding for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and at = (select app.now()) and (select app.has_role('treasurer')));
grant insert on team_funding to loopplank_app;

-- The jobs' role removes what has had its time, and sees no more of it than it must.
create policy jobs_removes on household_use for delete to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_reads on household_use for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select (network_id, use_id, on_day), delete on household_use to loopplank_jobs;
create policy jobs_removes on payee for delete to loopplank_jobs using (network_id = (select app.network_id()));
create policy jobs_reads on payee for select to loopplank_jobs using (network_id = (select app.network_id()));
grant select (network_id, payment_id, at), delete on payee to loopplank_jobs;

-- Money is set aside only for what was granted, to the cent. Looked at when the act is committed, so that the order within it is free.
create function app.check_reservation() returns trigger language plpgsql security definer set search_path = '' as $$
begin
	if not exists (select from public.request_event e where e.network_id = new.network_id and e.request_id = new.request_id
		and e.kind in ('granted', 'partly') and e.granted_cents = new.amount_cents) then
		raise exception 'reservation % stands on no grant', new.reservation_id using errcode = 'check_violation';
	end if;
	return null;
end $$;
comment on function app.check_reservation() is 'A reservation stands on a grant of the same amount.';
create constraint trigger reservation_stands_on_grant after insert on reservation deferrable initially deferred for each row execute function app.check_reservation();

-- What of a payment counts: paid, or still to be paid; not what was withdrawn or taken back.
create function app.payments_of(reservation uuid) returns table (paid bigint, open bigint) language sql stable set search_path = ''
	as $$
		select coalesce(sum(p.amount_cents) filter (where e.paid), 0)::bigint, coalesce(sum(p.amount_cents) filter (where not e.paid), 0)::bigint
		from public.payment p
		cross join lateral (select coalesce(bool_or(v.kind = 'paid'), false) as paid, coalesce(bool_or(v.kind in ('withdrawn', 'reversed')), false) as gone
			from public.payment_event v where v.network_id = p.network_id and v.payment_id = p.payment_id) e
		where p.network_id = app.network_id() and p.reservation_id = reservation and not e.gone
	$$;
comment on function app.payments_of(uuid) is 'What of a reservation was paid, and what waits to be paid.';

create function app.spent_account(request uuid) returns uuid language plpgsql set search_path = '' as $$
declare
	asked public.request;
begin
	select r.* into strict asked from public.request r where r.network_id = app.network_id() and r.request_id = request;
	if asked.kind = 'advance' then return app.find_account('advances_receivable', null, asked.repaid_by); end if;
	return app.find_account('gifts', null, null);
end $$;
comment on function app.spent_account(uuid) is 'Where what was paid is booked: as a gift, or as an advance that an organisation is to pay back.';

create function app.drop_payment(payment uuid, journal uuid) returns void language plpgsql set search_path = '' as $$
declare
	p public.payment;
begin
	select x.* into strict p from public.payment x where x.network_id = app.network_id() and x.payment_id = payment;
	insert into public.payment_event (network_id, payment_id, kind, person_id, membership_id, at)
		values (app.network_id(), payment, 'withdrawn', app.person_id(), app.membership_id(), app.now());
	if p.way = 'member' then
		perform app.book(journal, 'member_advance_withdrawn', payment, null,
			array[app.find_account('members_payable', null, null), app.spent_account(p.request_id)], array[p.amount_cents, -p.amount_cents]);
	end if;
end $$;
comment on function app.drop_payment(uuid, uuid) is 'A payment that has not left the pot will not.';

create or replace function app.end_reservation(reservation uuid, journal uuid, how text) returns bigint language plpgsql set search_path = '' as $$
declare
	kept public.reservation;
	left_over bigint;
	waits record;
begin
	select r.* into kept from public.reservation r where r.network_id = app.network_id() and r.reservation_id = reservation for no key update;
	if kept.reservation_id is null or exists (select from public.reservation_end e where e.network_id = app.network_id() and e.reservation_id = reservation) then return null; end if;
	-- What waits to be paid is not paid any more.
	for waits in
		select p.payment_id from public.payment p where p.network_id = app.network_id() and p.reservation_id = reservation
			and not exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id)
		order by p.payment_id
	loop
		if how = 'expired' then return null; end if;
		-- What is ready in the bank may have left it: it is not dropped from the books.
		if exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = waits.payment_id) then
			raise exception 'a transfer is under way' using errcode = 'object_not_in_prerequisite_state';
		end if;
		perform app.drop_payment(waits.payment_id, gen_random_uuid());
	end loop;
	select kept.amount_cents - p.paid into left_over from app.payments_of(reservation) p;
	insert into public.reservation_end (network_id, reservation_id, kind, left_cents, at)
		values (app.network_id(), reservation, case when left_over = 0 then 'spent' else how end, left_over, app.now());
	if left_over > 0 then
		perform app.book(journal, 'reservation_' || how, reservation, null,
			array[app.find_account('reserved', kept.source_id, null), app.find_account('set_aside', kept.source_id, null)], array[left_over, -left_over]);
	end if;
	return left_over;
end $$;

create or replace function app.release_reservation(request uuid, new_journal uuid) returns bigint language plpgsql security definer set search_path = '' as $$
declare
	reservation uuid;
begin
	if not app.acts_in_network() then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
	if not app.has_role('treasurer') and not exists (select from public.request_event e where e.network_id = app.network_id() and e.request_id = request
		and e.kind = 'withdrawn' and e.person_id = app.person_id()) then
		raise exception 'not withdrawn' using errcode = 'insufficient_privilege';
	end if;
	select r.reservation_id into reservation from public.reservation r where r.network_id = app.network_id() and r.request_id = request;
	if reservation is null then return null; end if;
	return app.end_reservation(reservation, new_journal, 'released');
end $$;

-- A payment left the pot: what was set aside for it is taken off, and when all is paid the request is.
create function app.finish_payment(payment uuid, journal uuid) returns text language plpgsql set search_path = '' as $$
declare
	p public.payment;
	kept public.reservation;
	credit uuid;
	debit uuid;
	paid_now bigint;
	open_now bigint;
begin
	select x.* into strict p from public.payment x where x.network_id = app.network_id() and x.payment_id = payment;
	select r.* into strict kept from public.reservation r where r.network_id = app.network_id() and r.reservation_id = p.reservation_id;
	insert into public.payment_event (network_id, payment_id, kind, person_id, membership_id, at)
		values (app.network_id(), payment, 'paid', app.person_id(), app.membership_id(), app.now());
	credit := app.find_account('cash', kept.source_id, null);
	debit := case when p.way = 'member' then app.find_account('members_payable', null, null) else app.spent_account(p.request_id) end;
	perform app.book(journal, 'payment_' || p.way, payment, null,
		array[debit, credit, app.find_account('reserved', kept.source_id, null), app.find_account('set_aside', kept.source_id, null)],
		array[p.amount_cents, -p.amount_cents, p.amount_cents, -p.amount_cents]);
	select o.paid, o.open into paid_now, open_now from app.payments_of(p.reservation_id) o;
	-- While another payment waits, what was set aside stays: nothing that was entered is dropped unseen.
	if paid_now < kept.amount_cents and (not p.last_one or open_now > 0) then return 'paid'; end if;
	perform app.end_reservation(p.reservation_id, gen_random_uuid(), 'released');
	insert into public.request_event (network_id, request_id, event_id, kind, at, person_id)
		values (app.network_id(), p.request_id, gen_random_uuid(), 'paid', app.now(), app.person_id()) on conflict do nothing;
	return 'settled';
end $$;
comment on function app.finish_payment(uuid, uuid) is 'Books a payment that left the pot; settled when nothing more comes.';

create function app.enter_payment(new_payment uuid, new_journal uuid, request uuid, new_way text, resident boolean, cents bigint, is_last boolean, household bytea, household_id uuid)
	returns table (answer text, cents_before bigint) language plpgsql security definer set search_path = '' as $$
declare
	asked public.request;
	kept public.reservation;
	total record;
	used bigint := 0;
	light boolean;
begin
	if not app.acts_in_network() then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
	select r.* into asked from public.request r where r.network_id = app.network_id() and r.request_id = request;
	-- Who pays: who asked, the table of the case, the treasurer.
	if asked.request_id is null or not (asked.asked_by = app.person_id() and asked.membership_id = app.membership_id() or app.has_role('treasurer')
		or exists (select from public.case_request c where c.network_id = app.network_id() and c.request_id = request and c.case_id = any(array(select app.my_cases())))) then
		raise exception 'not one who pays' using errcode = 'insufficient_privilege';
	end if;
	select r.* into kept from public.reservation r where r.network_id = app.network_id() and r.request_id = request for no key update;
	if kept.reservation_id is null or exists (select from public.reservation_end e where e.network_id = app.network_id() and e.reservation_id = kept.reservation_id) then
		return query select 'not_reserved', 0::bigint; return;
	end if;
	if kept.expires_at <= app.now() then return query select 'not_reserved', 0::bigint; return; end if;
	if kept.amount_cents > app.fund_rule_number('release_threshold_cents')
		and not exists (select from public.request_hand h where h.network_id = app.network_id() and h.request_id = request and h.hand = 'released') then
		return query select 'not_released', 0::bigint; return;
	end if;
	if new_way = 'card' and not exists (select from public.fund_source s where s.network_id = app.network_id() and s.source_id = kept.source_id and s.team_id is not null) then
		return query select 'no_card', 0::bigint; return;
	end if;
	select o.paid, o.open into total from app.payments_of(kept.reservation_id) o;
	if total.paid + total.open + cents > kept.amount_cents then
		return query select 'over_amount', kept.amount_cents - total.paid - total.open; return;
	end if;
	-- One household, one sum, however many pay at once.
	light := asked.lane = 'light' and not exists (select from public.request_more m where m.network_id = app.network_id() and m.request_id = request);
	perform pg_advisory_xact_lock(hashtextextended('household/' || app.network_id() || '/' || encode(household, 'hex'), 0));
	select coalesce(sum(u.amount_cents), 0) into used from public.household_use u
		where u.network_id = app.network_id() and u.hash = household and u.on_day > app.today() - interval '12 months';
	if light and used + cents > app.fund_rule_number('household_year_cents') then return query select 'household_full', used; return; end if;
	insert into public.household_use (network_id, use_id, hash, amount_cents, on_day) values (app.network_id(), household_id, household, cents, app.today());
	insert into public.payment (network_id, payment_id, request_id, reservation_id, way, to_resident, amount_cents, last_one, person_id, membership_id, organisation_id, at)
		select app.network_id(), new_payment, request, kept.reservation_id, new_way, resident, cents, is_last, m.person_id, m.membership_id, m.organisation_id, app.now()
		from public.membership m where m.network_id = app.network_id() and m.membership_id = app.membership_id() and m.person_id = app.person_id();
	if new_way = 'card' then return query select app.finish_payment(new_payment, new_journal), used; return; end if;
	if new_way = 'member' then
		perform app.book(new_journal, 'member_advance', new_payment, null,
			array[app.spent_account(request), app.find_account('members_payable', null, null)], array[cents, -cents]);
	end if;
	return query select 'entered', used;
end $$;
comment on function app.enter_payment(uuid, uuid, uuid, text, boolean, bigint, boolean, bytea, uuid) is 'Enters a payment for a request that was granted, within what was set aside and, in the light lane, within what a household may get in 12 months. Answers what happened, and what the household had before.';

create function app.tick_payment(payment uuid, new_journal uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
	p public.payment;
begin
	if not app.keeps_pot() then raise exception 'not one of the eyes' using errcode = 'insufficient_privilege'; end if;
	select x.* into p from public.payment x where x.network_id = app.network_id() and x.payment_id = payment and x.way <> 'card';
	if p.payment_id is null then return 'not_found'; end if;
	perform from public.reservation r where r.network_id = app.network_id() and r.reservation_id = p.reservation_id for no key update;
	if exists (select from public.payment_event e where e.network_id = app.network_id() and e.payment_id = payment) then return 'over'; end if;
	if exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = payment and h.person_id = app.person_id()) then return 'same_eyes'; end if;
	-- Who asked for the money, or entered the payment, is not the other pair of eyes on it.
	if exists (select from public.request_hand h where h.network_id = app.network_id() and h.request_id = p.request_id and h.person_id = app.person_id() and h.hand = 'asked')
		or (p.person_id = app.person_id() and exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = payment)) then return 'same_eyes'; end if;
	if not exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = payment) then
		if not app.has_role('treasurer') then return 'treasurer_first'; end if;
		insert into public.pot_hand (network_id, subject_id, person_id, hand, membership_id, at) values (app.network_id(), payment, app.person_id(), 'first', app.membership_id(), app.now());
		return 'first';
	end if;
	insert into public.pot_hand (network_id, subject_id, person_id, hand, membership_id, at) values (app.network_id(), payment, app.person_id(), 'second', app.membership_id(), app.now());
	return app.finish_payment(payment, new_journal);
end $$;
comment on function app.tick_payment(uuid, uuid) is 'Ticks a transfer off: first the treasurer (it is ready in the bank), then another (it went). With the second it is booked.';

create function app.withdraw_payment(payment uuid, new_journal uuid, household_id uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
	p public.payment;
begin
	select x.* into p from public.payment x where x.network_id = app.network_id() and x.payment_id = payment
		and app.acts_in_network() and (x.person_id = app.person_id() and x.membership_id = app.membership_id() or app.has_role('treasurer'));
	if p.payment_id is null then return 'not_found'; end if;
	perform from public.reservation r where r.network_id = app.network_id() and r.reservation_id = p.reservation_id for no key update;
	if exists (select from public.payment_event e where e.network_id = app.network_id() and e.payment_id = payment) then return 'over'; end if;
	-- The treasurer made it ready in the bank: only the treasurer knows whether it can still be stopped.
	if not app.has_role('treasurer') and exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = payment) then return 'over'; end if;
	perform app.drop_payment(payment, new_journal);
	delete from public.household_use u where u.network_id = app.network_id() and u.use_id = household_id and u.amount_cents = p.amount_cents;
	return 'withdrawn';
end $$;
comment on function app.withdraw_payment(uuid, uuid, uuid) is 'Takes back a payment that has not left the pot: by who entered it, or the treasurer.';

create function app.fund_team(funding uuid, new_journal uuid, answer text) returns text language plpgsql security definer set search_path = '' as $$
declare
	f public.team_funding;
	pot uuid;
	free bigint;
begin
	if not app.keeps_pot() then raise exception 'not one of the eyes' using errcode = 'insufficient_privilege'; end if;
	select x.* into f from public.team_funding x where x.network_id = app.network_id() and x.funding_id = funding for no key update;
	if f.funding_id is null then return 'not_found'; end if;
	if exists (select from public.team_funding_end e where e.network_id = app.network_id() and e.funding_id = funding) then return 'over'; end if;
	if f.person_id = app.person_id() and answer = 'confirmed' then return 'same_eyes'; end if;
	if answer = 'confirmed' then
		pot := app.find_source(null);
		select s.cash_cents - s.reserved_cents into strict free from public.fund_source s where s.network_id = app.network_id() and s.source_id = pot for no key update;
		if free < f.amount_cents then return 'too_small'; end if;
		insert into public.pot_hand (network_id, subject_id, person_id, hand, membership_id, at) values
			(app.network_id(), funding, f.person_id, 'first', f.membership_id, f.at), (app.network_id(), funding, app.person_id(), 'second', app.membership_id(), app.now());
		perform app.book(new_journal, 'team_funded', funding, null,
			array[app.find_account('cash', app.find_source(f.team_id), null), app.find_account('cash', pot, null)], array[f.amount_cents, -f.amount_cents]);
	end if;
	insert into public.team_funding_end (network_id, funding_id, kind, person_id, membership_id, at)
		values (app.network_id(), funding, answer, app.person_id(), app.membership_id(), app.now());
	return 'done';
end $$;
comment on function app.fund_team(uuid, uuid, text) is 'Confirms or declines money for a team; confirmed by another than who proposed it, it moves from the pot to the team.';

-- Paid back.
create function app.claim_open(wanted uuid) returns bigint language sql stable set search_path = ''
	as $$
		select case when exists (select from public.claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id and e.kind = 'accepted')
			then c.amount_cents - coalesce((select sum(e.amount_cents) from public.claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id
				and not exists (select from public.taken_back b where b.network_id = e.network_id and b.subject_id = e.event_id)), 0) else 0 end::bigint
		from public.claim c where c.network_id = app.network_id() and c.claim_id = wanted
	$$;
comment on function app.claim_open(uuid) is 'What is still to be paid of a claim that was accepted.';

create function app.accept_claim(wanted uuid, new_event uuid, new_journal uuid) returns void language plpgsql set search_path = '' as $$
declare
	c public.claim;
	asked public.request;
begin
	select x.* into strict c from public.claim x where x.network_id = app.network_id() and x.claim_id = wanted;
	select r.* into strict asked from public.request r where r.network_id = app.network_id() and r.request_id = c.request_id;
	insert into public.claim_event (network_id, event_id, claim_id, kind, person_id, membership_id, at)
		values (app.network_id(), new_event, wanted, 'accepted', app.person_id(), app.membership_id(), app.now());
	perform app.book(new_journal, 'claim_accepted', wanted, null,
		array[app.find_account('claims_receivable', null, c.organisation_id),
			case when asked.kind = 'advance' then app.find_account('advances_receivable', null, asked.repaid_by) else app.find_account('recovered', null, c.organisation_id) end],
		array[c.amount_cents, -c.amount_cents]);
end $$;
comment on function app.accept_claim(uuid, uuid, uuid) is 'From here on the organisation owes it.';

create function app.request_paid_cents(wanted uuid) returns bigint language sql stable security definer set search_path = ''
	as $$
		select coalesce(sum(p.amount_cents), 0)::bigint from public.payment p
		where p.network_id = app.network_id() and p.request_id = wanted and wanted = any(array(select app.my_requests()))
			and exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'paid')
			and not exists (select from public.payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'reversed')
	$$;
comment on function app.request_paid_cents(uuid) is 'What was paid for a request that the actor may see.';

create function app.check_claims(wanted uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select coalesce((select sum(c.amount_cents) from public.claim c where c.network_id = app.network_id() and c.request_id = wanted
			and not exists (select from public.claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id and e.kind = 'declined')), 0)
			<= app.request_paid_cents(wanted)
	$$;
comment on function app.check_claims(uuid) is 'Whether what is asked back for a request is no more than was paid for it.';

create function app.answer_claim(wanted uuid, new_event uuid, new_journal uuid, answer text) returns text language plpgsql security definer set search_path = '' as $$
declare
	c public.claim;
begin
	select x.* into c from public.claim x where x.network_id = app.network_id() and x.claim_id = wanted for no key update;
	if c.claim_id is null then return 'not_found'; end if;
	if c.organisation_id is distinct from app.my_organisation(array['administrator', 'governor', 'treasurer']) then raise exception 'not its organisation' using errcode = 'insufficient_privilege'; end if;
	if exists (select from public.claim_event e where e.network_id = app.network_id() and e.claim_id = wanted) then return 'over'; end if;
	-- Who asked it back does not accept it too, also when they work for the organisation that is asked.
	if answer = 'accepted' and c.person_id = app.person_id() then return 'same_eyes'; end if;
	if answer = 'accepted' then
		perform app.accept_claim(wanted, new_event, new_journal);
	else
		insert into public.claim_event (network_id, event_id, claim_id, kind, person_id, membership_id, at)
			values (app.network_id(), new_event, wanted, 'declined', app.person_id(), app.membership_id(), app.now());
	end if;
	return 'done';
end $$;
comment on function app.answer_claim(uuid, uuid, uuid, text) is 'An organisation accepts or declines a claim on itself, by who may bind it.';

create function app.accept_split_claim(wanted uuid, new_event uuid, new_journal uuid) returns boolean language plpgsql security definer set search_path = '' as $$
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	-- The organisation accepted the way to share before what is shared was paid.
	if not exists (
		select from public.claim c
		join public.cost_split_answer a on a.network_id = c.network_id and a.split_id = c.split_id and a.organisation_id = c.organisation_id
		join public.request r on r.network_id = c.network_id and r.request_id = c.request_id
		where c.network_id = app.network_id() and c.claim_id = wanted and c.person_id = app.person_id() and a.at <= r.at
			and not exists (select from public.claim_event e where e.network_id = c.network_id and e.claim_id = c.claim_id)
	) then return false; end if;
	perform app.accept_claim(wanted, new_event, new_journal);
	return true;
end $$;
comment on function app.accept_split_claim(uuid, uuid, uuid) is 'A claim under a way to share that its organisation accepted before the request: it stands at once.';

create function app.settle_claim(wanted uuid, new_event uuid, new_journal uuid, how text, cents bigint) returns text language plpgsql security definer set search_path = '' as $$
declare
	c public.claim;
	rest bigint;
begin
	if how = 'paid' and not app.has_role('treasurer') or not app.keeps_pot() then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	select x.* into c from public.claim x where x.network_id = app.network_id() and x.claim_id = wanted for no key update;
	if c.claim_id is null then return 'not_found'; end if;
	rest := app.claim_open(wanted);
	if rest <= 0 then return 'over'; end if;
	if how = 'paid' then
		if cents > rest then return 'over_amount'; end if;
		insert into public.claim_event (network_id, event_id, claim_id, kind, amount_cents, person_id, membership_id, at)
			values (app.network_id(), new_event, wanted, 'paid', cents, app.person_id(), app.membership_id(), app.now());
		perform app.book(new_journal, 'claim_paid', new_event, null,
			array[app.find_account('cash', app.find_source(null), null), app.find_account('claims_receivable', null, c.organisation_id)], array[cents, -cents]);
		return 'done';
	end if;
	-- Four eyes: the treasurer, then another.
	if exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = wanted and h.person_id = app.person_id()) then return 'same_eyes'; end if;
	if not exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = wanted) then
		if not app.has_role('treasurer') then return 'treasurer_first'; end if;
		insert into public.pot_hand (network_id, subject_id, person_id, hand, membership_id, at) values (app.network_id(), wanted, app.person_id(), 'first', app.membership_id(), app.now());
		return 'first';
	end if;
	insert into public.pot_hand (network_id, subject_id, person_id, hand, membership_id, at) values (app.network_id(), wanted, app.person_id(), 'second', app.membership_id(), app.now());
	insert into public.claim_event (network_id, event_id, claim_id, kind, amount_cents, person_id, membership_id, at)
		values (app.network_id(), new_event, wanted, 'written_off', rest, app.person_id(), app.membership_id(), app.now());
	perform app.book(new_journal, 'claim_written_off', new_event, null,
		array[app.find_account('written_off', null, null), app.find_account('claims_receivable', null, c.organisation_id)], array[rest, -rest]);
	return 'done';
end $$;
comment on function app.settle_claim(uuid, uuid, uuid, text, bigint) is 'A claim was paid (the treasurer), or what is left of it is written off (two people).';

create function app.reverse_journal(wanted uuid, new_journal uuid, household_id uuid) returns text language plpgsql security definer set search_path = '' as $$
declare
	s public.journal_subject;
	p public.payment;
	ended boolean;
	short boolean;
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	select x.* into s from public.journal_subject x where x.network_id = app.network_id() and x.journal_id = wanted;
	if s.journal_id is null then return 'not_found'; end if;
	if s.kind not in ('contribution_invoiced', 'contribution_received', 'team_funded', 'claim_paid', 'payment_card', 'payment_transfer') then return 'not_this_kind'; end if;
	-- A payment is not taken back by who entered it or ticked it off.
	if s.kind like 'payment\_%' and (exists (select from public.payment x where x.network_id = app.network_id() and x.payment_id = s.subject_id and x.person_id = app.person_id())
		or exists (select from public.pot_hand h where h.network_id = app.network_id() and h.subject_id = s.subject_id and h.person_id = app.person_id())) then return 'same_eyes'; end if;
	perform pg_advisory_xact_lock(hashtextextended('journal/' || app.network_id() || '/' || wanted, 0));
	if exists (select from public.journal j where j.network_id = app.network_id() and j.reverses = wanted) then return 'over'; end if;
	-- What was promised of this money cannot be taken away.
	perform from public.fund_source f where f.network_id = app.network_id() and f.source_id in (
			select a.source_id from public.posting l join public.account a on a.network_id = l.network_id and a.account_id = l.account_id
			where l.network_id = app.network_id() and l.journal_id = wanted and a.kind = 'cash')
		order by f.source_id for no key update;
	select exists (
		select from public.posting l
		join public.account a on a.network_id = l.network_id and a.account_id = l.account_id
		join public.fund_source f on f.network_id = a.network_id and f.source_id = a.source_id
		where l.network_id = app.network_id() and l.journal_id = wanted and a.kind = 'cash' and l.amount_cents > f.cash_cents - f.reserved_cents
	) into short;
	if short then return 'too_small'; end if;
	perform app.book(new_journal, 'reversal', wanted, wanted,
		array(select l.account_id from public.posting l where l.network_id = app.network_id() and l.journal_id = wanted order by l.line),
		array(select -l.amount_cents from public.posting l where l.network_id = app.network_id() and l.journal_id = wanted order by l.line));
	insert into public.taken_back (network_id, subject_id, at) values (app.network_id(), s.subject_id, app.now());
	if s.kind like 'payment\_%' then
		select x.* into strict p from public.payment x where x.network_id = app.network_id() and x.payment_id = s.subject_id;
		insert into public.payment_event (network_id, payment_id, kind, person_id, membership_id, at)
			values (app.network_id(), p.payment_id, 'reversed', app.person_id(), app.membership_id(), app.now());
		delete from public.household_use u where u.network_id = app.network_id() and u.use_id = household_id and u.amount_cents = p.amount_cents;
		-- Nobody holds what was set aside any more: it is free again.
		select exists (select from public.reservation_end e where e.network_id = app.network_id() and e.reservation_id = p.reservation_id) into ended;
		if ended then
			perform app.book(gen_random_uuid(), 'reservation_returned', p.payment_id, null,
				array(select app.find_account(k, r.source_id, null) from public.reservation r cross join unnest(array['reserved', 'set_aside']) with ordinality u(k, n)
					where r.network_id = app.network_id() and r.reservation_id = p.reservation_id order by u.n),
				array[p.amount_cents, -p.amount_cents]);
		end if;
	end if;
	return 'done';
end $$;
comment on function app.reverse_journal(uuid, uuid, uuid) is 'Takes a journal back by a second one, and what it stood for no longer counts. Not what is undone by an act of its own.';

-- A step that was taken back no longer counts.
create or replace function app.book_contribution(step uuid, new_journal uuid) returns boolean language plpgsql security definer set search_path = '' as $$
declare
	taken public.contribution_step;
	pledge public.contribution;
	invoiced bigint;
	received bigint;
	receivable uuid;
	owed bigint;
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	select s.* into strict taken from public.contribution_step s where s.network_id = app.network_id() and s.step_id = step and s.person_id = app.person_id();
	select c.* into strict pledge from public.contribution c where c.network_id = app.network_id() and c.contribution_id = taken.contribution_id for no key update;
	select coalesce(sum(s.amount_cents) filter (where s.kind = 'invoiced'), 0), coalesce(sum(s.amount_cents) filter (where s.kind = 'received'), 0)
		into invoiced, received from public.contribution_step s where s.network_id = app.network_id() and s.contribution_id = pledge.contribution_id
			and not exists (select from public.taken_back b where b.network_id = s.network_id and b.subject_id = s.step_id);
	-- Never more than the organisation pledged itself.
	if invoiced > pledge.amount_cents or received > pledge.amount_cents then return false; end if;
	receivable := app.find_account('contributions_receivable', null, pledge.organisation_id);
	if taken.kind = 'invoiced' then
		perform app.book(new_journal, 'contribution_invoiced', step, null,
			array[receivable, app.find_account('contributions', null, pledge.organisation_id)], array[taken.amount_cents, -taken.amount_cents]);
	else
		-- What was not invoiced yet comes in as it is.
		owed := least(greatest(invoiced - (received - taken.amount_cents), 0), taken.amount_cents);
		perform app.book(new_journal, 'contribution_received', step, null,
			array[app.find_account('cash', app.find_source(null), null), receivable, app.find_account('contributions', null, pledge.organisation_id)],
			array[taken.amount_cents, -owed, owed - taken.amount_cents]);
	end if;
	return true;
end $$;

create or replace function app.figure_pot() returns table (cash_cents bigint, reserved_cents bigint, card_cents bigint, card_reserved_cents bigint, pledged_cents bigint, received_cents bigint, gifts_cents bigint, recovered_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		select
			(select coalesce(sum(s.cash_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is null),
			(select coalesce(sum(s.reserved_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is null),
			(select coalesce(sum(s.cash_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is not null),
			(select coalesce(sum(s.reserved_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is not null),
			(select coalesce(sum(c.amount_cents), 0)::bigint from public.contribution c where c.network_id = app.network_id()),
			(select coalesce(sum(s.amount_cents), 0)::bigint from public.contribution_step s where s.network_id = app.network_id() and s.kind = 'received'
				and not exists (select from public.taken_back b where b.network_id = s.network_id and b.subject_id = s.step_id)),
			(select coalesce(sum(p.amount_cents), 0)::bigint from public.account a join public.posting p on p.network_id = a.network_id and p.account_id = a.account_id where a.network_id = app.network_id() and a.kind = 'gifts'),
			(select coalesce(-sum(p.amount_cents), 0)::bigint from public.account a join public.posting p on p.network_id = a.network_id and p.account_id = a.account_id where a.network_id = app.network_id() and a.kind = 'recovered')
		where app.acts_in_network()
	$$;

grant execute on function app.enter_payment(uuid, uuid, uuid, text, boolean, bigint, boolean, bytea, uuid), app.tick_payment(uuid, uuid), app.withdraw_payment(uuid, uuid, uuid),
	app.fund_team(uuid, uuid, text), app.request_paid_cents(uuid), app.check_claims(uuid), app.answer_claim(uuid, uuid, uuid, text), app.accept_split_claim(uuid, uuid, uuid),
	app.settle_claim(uuid, uuid, uuid, text, bigint), app.reverse_journal(uuid, uuid, uuid) to loopplank_app;
