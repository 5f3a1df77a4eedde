-- Firmer seats: what the rules of the product already ask is asked by the database too, so that a mistake in a command cannot open a case.

-- A seat counts only while the membership it was taken with does: who leaves an organisation leaves its tables, also when they work in the
-- network for another one.
create or replace function app.my_cases() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select s.case_id from public.case_seat s
		join public.membership m on m.network_id = s.network_id and m.membership_id = s.membership_id
		where s.network_id = app.network_id() and s.person_id = app.person_id() and s.membership_id = app.membership_id()
			and s.valid_from <= app.now() and (s.valid_until is null or s.valid_until > app.now())
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
	$$;
comment on function app.my_cases() is 'The cases at whose table the actor sits now, with the membership they act with: who works for two organisations sees the cases of one at a time.';

-- An invitation gives one seat: after leaving, a new one is needed.
create or replace function app.may_sit(wanted_case uuid, wanted_membership uuid, as_holder boolean) returns boolean language sql stable security definer set search_path = ''
	as $$
		select case when as_holder then
			exists (select from public.case_record c where c.network_id = app.network_id() and c.case_id = wanted_case and c.person_id = app.person_id() and c.membership_id = wanted_membership)
			and not exists (select from public.case_seat s where s.network_id = app.network_id() and s.case_id = wanted_case)
		else
			exists (
				select from public.seat_invitation i
				join public.seat_answer a on a.network_id = i.network_id and a.invitation_id = i.invitation_id
				where i.network_id = app.network_id() and i.case_id = wanted_case and i.person_id = app.person_id()
					and i.membership_id = wanted_membership and a.answer = 'accepted'
					and not exists (
						select from public.case_seat s
						where s.network_id = i.network_id and s.case_id = i.case_id and s.person_id = i.person_id and s.valid_from >= a.at
					)
			)
		end
	$$;
comment on function app.may_sit(uuid, uuid, boolean) is 'A seat is taken only by who opened the case, or once by who accepted an invitation.';

-- Leaving is done once, and never taken back.
drop policy leaves on case_seat;
create policy leaves on case_seat for update to loopplank_app
	using (network_id = (select app.network_id()) and person_id = (select app.person_id()) and valid_until is null)
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and valid_until is not null);

-- Only the holder invites, and opens, closes or reopens.
drop policy holder_invites on seat_invitation;
create policy holder_invites on seat_invitation for insert to loopplank_app
	with check (network_id = (select app.network_id()) and invited_by = (select app.person_id()) and case_id = any(array(select app.my_cases()))
		and case_id = any(array(select s.case_id from case_seat s where s.person_id = (select app.person_id()) and s.holder and s.valid_until is null)));
drop policy table_writes on case_event;
create policy holder_writes on case_event for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and case_id = any(array(select app.my_cases()))
		and case_id = any(array(select s.case_id from case_seat s where s.person_id = (select app.person_id()) and s.holder and s.valid_until is null)));

-- A line in the log bears the membership that acted.
drop policy app_writes on log_line;
create policy app_writes on log_line for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id is not distinct from (select app.person_id())
		and membership_id is not distinct from (select app.membership_id()) and xid = pg_current_xact_id()
		and epoch = (select i.epoch from app.installation i));

-- A fact stands under its own case, and under a membership of its own person.
alter table membership add constraint membership_of_person unique (network_id, membership_id, person_id);
alter table seat_invitation add constraint seat_invitation_of_case unique (network_id, invitation_id, case_id);
alter table agreement add constraint agreement_of_case unique (network_id, agreement_id, case_id);
alter table agreement_report add constraint agreement_report_of_case unique (network_id, report_id, agreement_id, case_id);

alter table case_record add constraint case_record_own_membership foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id);
alter table case_seat add constraint case_seat_own_membership foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id);
alter table case_event add constraint case_event_own_membership foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id);
alter table seat_invitation add constraint seat_invitation_own_membership foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id);
alter table agreement add constraint agreement_own_membership foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id);
alter table seat_answer add constraint seat_answer_same_case foreign key (network_id, invitation_id, case_id) references seat_invitation (network_id, invitation_id, case_id);
alter table agreement_report add constraint agreement_report_same_case foreign key (network_id, agreement_id, case_id) references agreement (network_id, agreement_id, case_id);
alter table agreement_answer add constraint agreement_answer_same_case foreign key (network_id, report_id, agreement_id, case_id) references agreement_report (network_id, report_id, agreement_id, case_id);
