-- The pot: double-entry books in whole cents, and what is set aside for who was granted something. Nobody writes a posting: a journal is booked by
-- functions of this schema, each from a fact that its actor was allowed to write.

-- Where money lies: the pot itself (no team), or the card of a team. One row each, locked by whoever takes from it; the check is the rule of the
-- whole pot: never less than what was promised.
create table fund_source (
	network_id uuid not null references network,
	source_id uuid not null,
	team_id uuid,
	cash_cents bigint not null default 0,
	reserved_cents bigint not null default 0,
	made_at timestamptz not null,
	primary key (network_id, source_id),
	unique nulls not distinct (network_id, team_id),
	check (reserved_cents >= 0),
	constraint fund_source_covers_what_is_reserved check (cash_cents >= reserved_cents)
);
comment on table fund_source is 'Where money of the pot lies: the pot''s own account, or the card of a team; with its balance and what of it is promised. Kept by the books, checked against them each night. retention: as long as the network.';

create table account (
	network_id uuid not null references network,
	account_id uuid not null,
	kind text not null check (kind in ('cash', 'reserved', 'set_aside', 'contributions_receivable', 'contributions', 'gifts', 'advances_receivable', 'members_payable', 'claims_receivable', 'recovered', 'written_off')),
	source_id uuid,
	organisation_id uuid,
	made_at timestamptz not null,
	primary key (network_id, account_id),
	unique nulls not distinct (network_id, kind, source_id, organisation_id),
	check ((source_id is not null) = (kind in ('cash', 'reserved', 'set_aside'))),
	foreign key (network_id, source_id) references fund_source,
	foreign key (network_id, organisation_id) references organisation
);
comment on table account is 'An account of the books, made at its first posting. retention: 7 years after the last posting.';

create table journal (
	network_id uuid not null references network,
	journal_id uuid not null,
	kind text not null check (kind ~ '^[a-z_]{1,40}$'),
	reverses uuid,
	at timestamptz not null,
	primary key (network_id, journal_id),
	unique (network_id, reverses),
	foreign key (network_id, reverses) references journal
);
comment on table journal is 'One entry in the books: what kind of thing happened, when. Never changed; a mistake is taken back by a second journal that reverses it. Says nothing of a case. retention: 7 years (tax law).';

create table journal_subject (
	network_id uuid not null,
	journal_id uuid not null,
	kind text not null,
	subject_id uuid not null,
	person_id uuid,
	membership_id uuid,
	primary key (network_id, journal_id),
	unique (network_id, kind, subject_id),
	foreign key (network_id, journal_id) references journal,
	foreign key (network_id, person_id) references person
);
comment on table journal_subject is 'From which fact a journal was booked, and by whom; for who keeps the books. Each fact is booked once. retention: with the journal.';

create table posting (
	network_id uuid not null,
	journal_id uuid not null,
	line integer not null check (line > 0),
	account_id uuid not null,
	amount_cents bigint not null check (amount_cents <> 0),
	primary key (network_id, journal_id, line),
	foreign key (network_id, journal_id) references journal,
	foreign key (network_id, account_id) references account
);
comment on table posting is 'A line of a journal: cents on an account, above zero debit, below zero credit. The lines of a journal sum to zero. retention: with the journal.';
create index posting_account on posting (network_id, account_id, journal_id) include (amount_cents);

create function app.check_journal() returns trigger language plpgsql set search_path = '' as $$
declare
	total bigint;
	lines integer;
begin
	select coalesce(sum(p.amount_cents), 0), count(*) into total, lines from public.posting p
		where p.network_id = new.network_id and p.journal_id = new.journal_id;
	if total <> 0 or lines < 2 then
		raise exception 'journal % does not balance: % lines, % cents', new.journal_id, lines, total using errcode = 'check_violation';
	end if;
	return null;
end $$;
create constraint trigger journal_sums_to_zero after insert on posting deferrable initially deferred for each row execute function app.check_journal();
create constraint trigger journal_has_lines after insert on journal deferrable initially deferred for each row execute function app.check_journal();

-- What is set aside for a request that was granted.
create table reservation (
	network_id uuid not null references network,
	reservation_id uuid not null,
	request_id uuid not null,
	source_id uuid not null,
	amount_cents bigint not null check (amount_cents > 0),
	expires_at timestamptz not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, reservation_id),
	unique (network_id, request_id),
	foreign key (network_id, source_id) references fund_source,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	check (expires_at > at)
);
comment on table reservation is 'Money set aside for a request that was granted, until it is paid, let go or expired. Names no case. retention: 7 years, with the journals.';
create index reservation_expires on reservation (network_id, expires_at);

create table reservation_end (
	network_id uuid not null,
	reservation_id uuid not null,
	kind text not null check (kind in ('released', 'expired', 'spent')),
	left_cents bigint not null check (left_cents >= 0),
	at timestamptz not null,
	primary key (network_id, reservation_id),
	check ((kind = 'spent') = (left_cents = 0)),
	foreign key (network_id, reservation_id) references reservation
);
comment on table reservation_end is 'How a reservation ended, and what of it went back: let go, expired, or all of it paid. retention: with the reservation.';

-- What an organisation pledged, was sent an invoice for, and paid.
create table contribution (
	network_id uuid not null references network,
	contribution_id uuid not null,
	organisation_id uuid not null,
	year integer not null check (year between 2000 and 2200),
	amount_cents bigint not null check (amount_cents > 0),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, contribution_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table contribution is 'What an organisation pledged to put into the pot for a year: said by itself. retention: 7 years.';
create index contribution_organisation on contribution (network_id, organisation_id);

create table contribution_step (
	network_id uuid not null,
	step_id uuid not null,
	contribution_id uuid not null,
	kind text not null check (kind in ('invoiced', 'received')),
	amount_cents bigint not null check (amount_cents > 0),
	due_on date,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, step_id),
	check ((kind = 'invoiced') = (due_on is not null)),
	foreign key (network_id, contribution_id) references contribution,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table contribution_step is 'A pledge was invoiced, or (part of) it received; from these its state is folded. retention: 7 years.';
create index contribution_step_contribution on contribution_step (network_id, contribution_id);

create table ledger_check (
	network_id uuid not null references network,
	check_id uuid not null,
	at timestamptz not null,
	journals bigint not null,
	unbalanced bigint not null,
	uncovered bigint not null,
	astray bigint not null,
	primary key (network_id, check_id)
);
comment on table ledger_check is 'The nightly check of the books: journals that do not sum to zero, money promised that is not there, balances that differ from their postings. retention: 7 years.';

-- The books are open to everyone of the network; which fact a journal came from only to who keeps them.
do $$
declare t text;
begin
	foreach t in array array['fund_source', 'account', 'journal', 'journal_subject', 'posting', 'reservation', 'reservation_end', 'contribution', 'contribution_step', 'ledger_check'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_app, loopplank_jobs', t);
	end loop;
	foreach t in array array['fund_source', 'account', 'journal', 'posting', 'contribution', 'contribution_step', 'ledger_check'] loop
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.acts_in_network()))', t);
	end loop;
	foreach t in array array['journal_subject', 'reservation', 'reservation_end'] loop
		execute format('create policy treasurer_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and (select app.has_role(''treasurer'')))', t);
	end loop;
end $$;
create policy jobs_writes on ledger_check for insert to loopplank_jobs with check (network_id = (select app.network_id()));
grant insert on ledger_check to loopplank_jobs;

-- An organisation pledges for itself, by who may bind it, and nobody for it; the treasurer invoices and receives.
create function app.my_organisation(any_role text[]) returns uuid language sql stable security definer set search_path = ''
	as $$
		select m.organisation_id from public.membership m
		where m.network_id = app.network_id() and m.membership_id = app.membership_id() and m.person_id = app.person_id()
			and m.roles && any_role and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
	$$;
comment on function app.my_organisation(text[]) is 'The organisation that the actor works for now, when they hold one of these roles there; else null.';
grant execute on function app.my_organisation(text[]) to loopplank_app;
create policy pledges on contribution for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and at = (select app.now()) and organisation_id = (select app.my_organisation(array['administrator', 'governor'])));
grant insert on contribution to loopplank_app;
create policy treasurer_writes on contribution_step for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and at = (select app.now()) and (select app.has_role('treasurer')));
grant insert on contribution_step to loopplank_app;

-- The books are written here and nowhere else. These four are not for the roles of the product.
create function app.find_source(team uuid) returns uuid language plpgsql set search_path = '' as $$
declare
	found_id uuid;
begin
	select s.source_id into found_id from public.fund_source s where s.network_id = app.network_id() and s.team_id is not distinct from team;
	if found_id is not null then return found_id; end if;
	insert into public.fund_source (network_id, source_id, team_id, made_at) values (app.network_id(), gen_random_uuid(), team, app.now())
		on conflict do nothing;
	select s.source_id into strict found_id from public.fund_source s where s.network_id = app.network_id() and s.team_id is not distinct from team;
	return found_id;
end $$;
comment on function app.find_source(uuid) is 'Where the money of a team, or (null) of the pot itself lies; made when it is not there.';

create function app.find_account(wanted text, source uuid, organisation uuid) returns uuid language plpgsql set search_path = '' as $$
declare
	found_id uuid;
begin
	select a.account_id into found_id from public.account a
		where a.network_id = app.network_id() and a.kind = wanted and a.source_id is not distinct from source and a.organisation_id is not distinct from organisation;
	if found_id is not null then return found_id; end if;
	insert into public.account (network_id, account_id, kind, source_id, organisation_id, made_at)
		values (app.network_id(), gen_random_uuid(), wanted, source, organisation, app.now()) on conflict do nothing;
	select a.account_id into strict found_id from public.account a
		where a.network_id = app.network_id() and a.kind = wanted and a.source_id is not distinct from source and a.organisation_id is not distinct from organisation;
	return found_id;
end $$;
comment on function app.find_account(text, uuid, uuid) is 'The account of this kind; made when it is not there.';

create function app.book(new_journal uuid, new_kind text, subject uuid, taken_back uuid, accounts uuid[], amounts bigint[]) returns void language plpgsql set search_path = '' as $$
begin
	insert into public.journal (network_id, journal_id, kind, reverses, at) values (app.network_id(), new_journal, new_kind, taken_back, app.now());
	insert into public.journal_subject (network_id, journal_id, kind, subject_id, person_id, membership_id)
		values (app.network_id(), new_journal, new_kind, subject, app.person_id(), app.membership_id());
	insert into public.posting (network_id, journal_id, line, account_id, amount_cents)
		select app.network_id(), new_journal, row_number() over (order by l.place), l.account_id, l.cents
		from unnest(accounts, amounts) with ordinality l(account_id, cents, place) where l.cents <> 0;
	-- Whoever takes from two sources locks them in one order.
	perform from public.fund_source s where s.network_id = app.network_id()
		and s.source_id in (select a.source_id from public.account a where a.network_id = app.network_id() and a.account_id = any(accounts))
		order by s.source_id for no key update;
	update public.fund_source s set cash_cents = s.cash_cents + d.cash, reserved_cents = s.reserved_cents + d.reserved
	from (
		select a.source_id, coalesce(sum(l.cents) filter (where a.kind = 'cash'), 0) as cash, coalesce(-sum(l.cents) filter (where a.kind = 'reserved'), 0) as reserved
		from unnest(accounts, amounts) l(account_id, cents)
		join public.account a on a.network_id = app.network_id() and a.account_id = l.account_id
		where a.source_id is not null group by a.source_id
	) d
	where s.network_id = app.network_id() and s.source_id = d.source_id and (d.cash <> 0 or d.reserved <> 0);
end $$;
comment on function app.book(uuid, text, uuid, uuid, uuid[], bigint[]) is 'Writes one journal and moves the balances it touches. Only from the functions that know what may be booked.';

create function app.end_reservation(reservation uuid, journal uuid, how text) returns bigint language plpgsql set search_path = '' as $$
declare
	kept public.reservation;
	left_over bigint;
begin
	select r.* into kept from public.reservation r where r.network_id = app.network_id() and r.reservation_id = reservation for no key update;
	if kept.reservation_id is null or exists (select from public.reservation_end e where e.network_id = app.network_id() and e.reservation_id = reservation) then return null; end if;
	left_over := kept.amount_cents;
	insert into public.reservation_end (network_id, reservation_id, kind, left_cents, at) values (app.network_id(), reservation, how, left_over, app.now());
	perform app.book(journal, 'reservation_' || how, reservation, null,
		array[app.find_account('reserved', kept.source_id, null), app.find_account('set_aside', kept.source_id, null)], array[left_over, -left_over]);
	return left_over;
end $$;
comment on function app.end_reservation(uuid, uuid, text) is 'Lets go of what is left of a reservation; null when there is nothing to let go.';

create function app.reserve(new_reservation uuid, new_journal uuid, request uuid, cents bigint, team uuid, expires timestamptz) returns text
	language plpgsql security definer set search_path = '' as $$
declare
	source uuid;
	free bigint;
begin
	if not app.acts_in_network() then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
	source := app.find_source(team);
	-- Whoever comes second waits here, and then sees what the first left.
	select s.cash_cents - s.reserved_cents into strict free from public.fund_source s
		where s.network_id = app.network_id() and s.source_id = source for no key update;
	if exists (select from public.reservation r where r.network_id = app.network_id() and r.request_id = request) then return 'already'; end if;
	if free < cents then return 'too_small'; end if;
	insert into public.reservation (network_id, reservation_id, request_id, source_id, amount_cents, expires_at, person_id, membership_id, at)
		values (app.network_id(), new_reservation, request, source, cents, expires, app.person_id(), app.membership_id(), app.now());
	perform app.book(new_journal, 'reservation', new_reservation, null,
		array[app.find_account('set_aside', source, null), app.find_account('reserved', source, null)], array[cents, -cents]);
	return 'reserved';
end $$;
comment on function app.reserve(uuid, uuid, uuid, bigint, uuid, timestamptz) is 'Sets money aside for a request, out of the pot or a team''s card, once: reserved, too_small or already. The balance never falls below what was promised, however many ask at once.';

create function app.release_reservation(request uuid, new_journal uuid) returns bigint language plpgsql security definer set search_path = '' as $$
declare
	reservation uuid;
begin
	if not app.acts_in_network() then raise exception 'nobody acts' using errcode = 'insufficient_privilege'; end if;
	select r.reservation_id into reservation from public.reservation r where r.network_id = app.network_id() and r.request_id = request;
	if reservation is null then return null; end if;
	return app.end_reservation(reservation, new_journal, 'released');
end $$;
comment on function app.release_reservation(uuid, uuid) is 'Lets go of what is left of the money that was set aside for a request: cents, or null when there was none.';

create function app.expire_reservation(reservation uuid, new_journal uuid) returns boolean language plpgsql security definer set search_path = '' as $$
begin
	if not exists (select from public.reservation r where r.network_id = app.network_id() and r.reservation_id = reservation and r.expires_at <= app.now()) then return false; end if;
	return app.end_reservation(reservation, new_journal, 'expired') is not null;
end $$;
comment on function app.expire_reservation(uuid, uuid) is 'Lets go of a reservation whose term has run out; false when it has not, or it ended before. For the jobs'' role.';

create function app.book_contribution(step uuid, new_journal uuid) returns boolean language plpgsql security definer set search_path = '' as $$
declare
	taken public.contribution_step;
	pledge public.contribution;
	before public.contribution_step;
	invoiced bigint;
	received bigint;
	receivable uuid;
	owed bigint;
begin
	if not app.has_role('treasurer') then raise exception 'not the treasurer' using errcode = 'insufficient_privilege'; end if;
	select s.* into strict taken from public.contribution_step s where s.network_id = app.network_id() and s.step_id = step and s.person_id = app.person_id();
	select c.* into strict pledge from public.contribution c where c.network_id = app.network_id() and c.contribution_id = taken.contribution_id for no key update;
	select coalesce(sum(s.amount_cents) filter (where s.kind = 'invoiced'), 0), coalesce(sum(s.amount_cents) filter (where s.kind = 'received'), 0)
		into invoiced, received from public.contribution_step s where s.network_id = app.network_id() and s.contribution_id = pledge.contribution_id;
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
comment on function app.book_contribution(uuid, uuid) is 'Books a step of a contribution that the treasurer has just written: false when it would pass what the organisation pledged.';

create function app.figure_pot() returns table (cash_cents bigint, reserved_cents bigint, card_cents bigint, card_reserved_cents bigint, pledged_cents bigint, received_cents bigint, gifts_cents bigint, recovered_cents bigint)
	language sql stable security definer set search_path = ''
	as $$
		select
			(select coalesce(sum(s.cash_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is null),
			(select coalesce(sum(s.reserved_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is null),
			(select coalesce(sum(s.cash_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is not null),
			(select coalesce(sum(s.reserved_cents), 0)::bigint from public.fund_source s where s.network_id = app.network_id() and s.team_id is not null),
			(select coalesce(sum(c.amount_cents), 0)::bigint from public.contribution c where c.network_id = app.network_id()),
			(select coalesce(sum(s.amount_cents), 0)::bigint from public.contribution_step s where s.network_id = app.network_id() and s.kind = 'received'),
			(select coalesce(sum(p.amount_cents), 0)::bigint from public.account a join public.posting p on p.network_id = a.network_id and p.account_id = a.account_id where a.network_id = app.network_id() and a.kind = 'gifts'),
			(select coalesce(-sum(p.amount_cents), 0)::bigint from public.account a join public.posting p on p.network_id = a.network_id and p.account_id = a.account_id where a.network_id = app.network_id() and a.kind = 'recovered')
		where app.acts_in_network()
	$$;
comment on function app.figure_pot() is 'The sums of the pot: what is in it and on the cards, what of it is promised, what was pledged and received, given and recovered. No case, no organisation.';

grant execute on function app.reserve(uuid, uuid, uuid, bigint, uuid, timestamptz), app.release_reservation(uuid, uuid), app.book_contribution(uuid, uuid), app.figure_pot() to loopplank_app;
grant execute on function app.expire_reservation(uuid, uuid) to loopplank_jobs;
