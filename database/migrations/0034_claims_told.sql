-- Who is asked to pay back reads what for, and a receipt may come after its payment.

-- A sentence that was written for the organisation that is asked, sealed under the key of the case. Of the request and of the case it opens nothing.
create function app.claims_i_make() returns table (claim_id uuid, case_id uuid) language sql stable security definer set search_path = ''
	as $$
		select c.claim_id, r.case_id from public.claim c
		join public.case_request r on r.network_id = c.network_id and r.request_id = c.request_id
		where c.network_id = app.network_id() and c.person_id = app.person_id() and c.membership_id = app.membership_id() and c.at = app.now()
	$$;
comment on function app.claims_i_make() is 'The claims that the actor makes in this act, with the case under which the sentence for who is asked is sealed.';
grant execute on function app.claims_i_make() to loopplank_app;

create policy claim_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and part = 'claim_why' and about_id = any(array(select app.my_claims())));
create policy claim_writes on case_words for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and part = 'claim_why'
		and (about_id, case_id) in (select w.claim_id, w.case_id from app.claims_i_make() w));
create policy claim_writes on search_document for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select w.case_id from app.claims_i_make() w)));

-- A receipt came with its payment or not at all. It may come after it, as long as the payment stands.
create function app.payments_that_stand() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select p from app.my_payments() p
		where not exists (select from public.payment_event e where e.network_id = app.network_id() and e.payment_id = p and e.kind in ('withdrawn', 'reversed'))
	$$;
comment on function app.payments_that_stand() is 'The payments that the actor may see whole and that were neither withdrawn nor taken back: those may get a receipt.';
grant execute on function app.payments_that_stand() to loopplank_app;
drop policy own_writes on receipt;
create policy own_writes on receipt for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and at = (select app.now())
		and case_id = (select app.case_of_request(request_id)) and payment_id = any(array(select app.payments_that_stand())));
