-- A promise to pause (A12), and what a receiver says when the other did more than agreed (H4).

alter table agreement drop constraint agreement_kind_check;
alter table agreement add constraint agreement_kind_check check (kind in ('i_do', 'on_behalf', 'decision_follows', 'time_out'));
comment on table agreement is 'Someone at the table promises something to another: "ik doe" binds the speaker, "toezegging namens" the speaker''s organisation, "besluit volgt" only announces, a time-out binds the speaker''s organisation to leave something undone until the day. due_on is the day of the first version. retention: with the case.';

create table agreement_did_more (
	network_id uuid not null,
	agreement_id uuid not null,
	case_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	words_id uuid,
	ciphertext bytea,
	at timestamptz not null,
	primary key (network_id, agreement_id),
	check ((words_id is null) = (ciphertext is null)),
	foreign key (network_id, agreement_id, case_id) references agreement (network_id, agreement_id, case_id),
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table agreement_did_more is 'The receiver says that the other did more than agreed, once, with a sentence if they want: sealed under the key of the case. Between those two alone; counted nowhere. retention: with the case.';
create index agreement_did_more_case on agreement_did_more (network_id, case_id);
alter table agreement_did_more enable row level security;
alter table agreement_did_more force row level security;
create policy owner_all on agreement_did_more to loopplank_owner using (true) with check (true);
create policy two_read on agreement_did_more for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())) and agreement_id = any(array(
		select a.agreement_id from agreement a where a.network_id = (select app.network_id()) and (select app.person_id()) in (a.person_id, a.receiver_id))));
create policy receiver_says on agreement_did_more for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and case_id = any(array(select app.my_cases())) and agreement_id = any(array(
			select a.agreement_id from agreement a where a.network_id = (select app.network_id()) and a.receiver_id = (select app.person_id()))));
grant select, insert on agreement_did_more to loopplank_app;
