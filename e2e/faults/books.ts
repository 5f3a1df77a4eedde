/** What holds of the money at any moment, counted from the postings and the hands themselves. Each query finds the ids of what it does not hold for. */
export const books: Readonly<Record<string, string>> = {
	'a journal that does not sum to zero': `select f.journal_id as id from journal f left join posting p on p.network_id = f.network_id and p.journal_id = f.journal_id
		where f.network_id = $1 group by f.journal_id having coalesce(sum(p.amount_cents), 0) <> 0 or count(p.line) < 2`,
	'a balance that is not that of its postings': `select f.source_id as id from fund_source f
		left join account a on a.network_id = f.network_id and a.source_id = f.source_id
		left join posting p on p.network_id = a.network_id and p.account_id = a.account_id
		where f.network_id = $1 group by f.source_id, f.cash_cents, f.reserved_cents
		having f.cash_cents <> coalesce(sum(p.amount_cents) filter (where a.kind = 'cash'), 0)
			or f.reserved_cents <> coalesce(-sum(p.amount_cents) filter (where a.kind = 'reserved'), 0)`,
	'less money than is set aside': `select f.source_id as id from fund_source f where f.network_id = $1 and f.cash_cents < f.reserved_cents`,
	'set aside is not what was granted and not yet paid': `select f.source_id as id from fund_source f where f.network_id = $1 and f.reserved_cents <> coalesce((
		select sum(r.amount_cents - coalesce((
			select sum(p.amount_cents) from payment p where p.network_id = r.network_id and p.reservation_id = r.reservation_id
				and exists (select from payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind = 'paid')
				and not exists (select from payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind <> 'paid')), 0))
		from reservation r where r.network_id = f.network_id and r.source_id = f.source_id
			and not exists (select from reservation_end e where e.network_id = r.network_id and e.reservation_id = r.reservation_id)), 0)`,
	'money set aside without a grant of as much': `select f.reservation_id as id from reservation f where f.network_id = $1
		and 1 <> (select count(*) from request_event e where e.network_id = f.network_id and e.request_id = f.request_id
			and e.kind in ('granted', 'partly') and e.granted_cents = f.amount_cents)`,
	'a grant without money set aside': `select f.request_id as id from request_event f where f.network_id = $1 and f.kind in ('granted', 'partly')
		and 1 <> (select count(*) from reservation r where r.network_id = f.network_id and r.request_id = f.request_id)`,
	'a team that granted without three votes of two organisations': `select f.request_id as id from request_event f
		join request q on q.network_id = f.network_id and q.request_id = f.request_id
		where f.network_id = $1 and f.kind = 'granted' and q.lane = 'light'
			and not exists (select from request_more m where m.network_id = f.network_id and m.request_id = f.request_id)
			and (select count(distinct v.person_id) < 3 or count(distinct v.organisation_id) < 2 from request_vote v
				where v.network_id = f.network_id and v.request_id = f.request_id and v.person_id <> q.asked_by)`,
	'a decision of the secretariat on which two organisations do not agree': `select f.request_id as id from request_event f
		join request q on q.network_id = f.network_id and q.request_id = f.request_id
		where f.network_id = $1 and f.kind in ('granted', 'partly', 'refused') and q.lane = 'full'
			and (select count(distinct j.organisation_id) < 2 from request_judgement j where j.network_id = f.network_id and j.request_id = f.request_id
				and j.organisation_id <> q.organisation_id and j.verdict = case f.kind when 'granted' then 'grant' when 'partly' then 'partly' else 'refuse' end)`,
	'a vote or a judgement without its hand': `select f.request_id as id from (
			select network_id, request_id, person_id, hand from request_vote union all select network_id, request_id, person_id, hand from request_judgement
		) f where f.network_id = $1 and not exists (select from request_hand h where h.network_id = f.network_id and h.request_id = f.request_id
			and h.person_id = f.person_id and h.hand = f.hand)`,
	'one person with two hands': `select f.request_id as id from request_hand f where f.network_id = $1 group by f.request_id, f.person_id having count(*) > 1
		union all select f.subject_id from pot_hand f where f.network_id = $1 group by f.subject_id, f.person_id having count(*) > 1`,
	'a request of which nobody asked': `select f.request_id as id from request f where f.network_id = $1
		and (1 <> (select count(*) from case_request c where c.network_id = f.network_id and c.request_id = f.request_id)
			or not exists (select from case_words w where w.network_id = f.network_id and w.about_id = f.request_id and w.part = 'request_what'))`,
	'a request that was decided twice': `select f.request_id as id from request_event f where f.network_id = $1 and f.kind in ('granted', 'partly', 'refused')
		group by f.request_id having count(*) > 1`,
	'a payment without its receipt or its payee': `select f.payment_id as id from payment f where f.network_id = $1
		and (not f.to_resident and not exists (select from receipt r where r.network_id = f.network_id and r.payment_id = f.payment_id)
			or 1 <> (select count(*) from payee y where y.network_id = f.network_id and y.payment_id = f.payment_id))`,
	'more paid than was granted': `select f.reservation_id as id from reservation f where f.network_id = $1 and f.amount_cents < (
		select coalesce(sum(p.amount_cents), 0) from payment p where p.network_id = f.network_id and p.reservation_id = f.reservation_id
			and not exists (select from payment_event e where e.network_id = p.network_id and e.payment_id = p.payment_id and e.kind <> 'paid'))`,
	'a transfer that was paid without two hands': `select f.payment_id as id from payment f join payment_event e on e.network_id = f.network_id and e.payment_id = f.payment_id and e.kind = 'paid'
		where f.network_id = $1 and f.way <> 'card'
			and 2 <> (select count(*) from pot_hand h where h.network_id = f.network_id and h.subject_id = f.payment_id)`,
	'a payment that is paid and not in the books': `select f.payment_id as id from payment_event f where f.network_id = $1 and f.kind = 'paid'
		and not exists (select from journal_subject s where s.network_id = f.network_id and s.subject_id = f.payment_id)`,
	'money of a team without two hands': `select f.funding_id as id from team_funding_end f join team_funding t on t.network_id = f.network_id and t.funding_id = f.funding_id
		where f.network_id = $1 and f.person_id = t.person_id`,
	'a contribution that was received and is not in the books': `select f.step_id as id from contribution_step f where f.network_id = $1
		and 1 <> (select count(*) from journal_subject s join journal j on j.network_id = s.network_id and j.journal_id = s.journal_id
			where s.network_id = f.network_id and s.subject_id = f.step_id and j.reverses is null)`,
	'a claim that was answered twice': `select f.claim_id as id from claim_event f where f.network_id = $1 and f.kind in ('accepted', 'declined')
		group by f.claim_id having count(*) > 1`,
	'a night in which the product itself found its books wrong': `select f.check_id as id from ledger_check f
		where f.network_id = $1 and f.unbalanced + f.uncovered + f.astray > 0`,
	'a journal that was taken back without two people': `select f.journal_id as id from journal f where f.network_id = $1 and f.reverses is not null
		and 1 <> (select count(*) from reversal r join reversal_end e on e.network_id = r.network_id and e.reversal_id = r.reversal_id
			where r.network_id = f.network_id and r.journal_id = f.reverses and e.kind = 'confirmed' and e.person_id <> r.person_id)`,
	'taking back a journal that was confirmed and not done': `select f.reversal_id as id from reversal_end f
		join reversal r on r.network_id = f.network_id and r.reversal_id = f.reversal_id
		where f.network_id = $1 and f.kind = 'confirmed'
			and 1 <> (select count(*) from journal j where j.network_id = r.network_id and j.reverses = r.journal_id)`,
	'a year that one person closed, or that was closed twice': `select f.close_id as id from year_close_end f
		join year_close c on c.network_id = f.network_id and c.close_id = f.close_id
		where f.network_id = $1 and f.kind = 'confirmed' and (f.person_id = c.person_id
			or 1 <> (select count(*) from year_close_end g where g.network_id = f.network_id and g.year = f.year and g.kind = 'confirmed'))`,
	'money that went back, and a request that does not say so': `select f.reservation_id as id from reservation_end f
		join reservation r on r.network_id = f.network_id and r.reservation_id = f.reservation_id
		where f.network_id = $1 and f.kind = 'expired' and f.left_cents > 0
			and not exists (select from request_event e where e.network_id = r.network_id and e.request_id = r.request_id and e.kind in ('withdrawn', 'paid'))
			and 1 <> (select count(*) from request_event e where e.network_id = r.network_id and e.request_id = r.request_id and e.kind = 'lapsed'
				and e.granted_cents = f.left_cents)`,
	'a request that lapsed and was asked again twice, or asked again and had not lapsed': `select f.instead_of as id from request_again f where f.network_id = $1
		group by f.network_id, f.instead_of having count(*) > 1
			or not exists (select from request_event e where e.network_id = f.network_id and e.request_id = f.instead_of and e.kind = 'lapsed')`,
	'a request asked again for another amount, or with fewer steps': `select f.request_id as id from request_again f
		join request q on q.network_id = f.network_id and q.request_id = f.request_id
		join request_event e on e.network_id = f.network_id and e.request_id = f.instead_of and e.kind = 'lapsed'
		where f.network_id = $1 and (q.amount_cents <> e.granted_cents
			or exists (select s.step from request_fact s where s.network_id = f.network_id and s.request_id = f.instead_of and s.step <> 'reply'
				except select s.step from request_fact s where s.network_id = f.network_id and s.request_id = f.request_id))`,
	'a way to share that names nobody': `select f.split_id as id from cost_split f where f.network_id = $1
		and not exists (select from cost_split_part p where p.network_id = f.network_id and p.split_id = f.split_id)`,
	'more asked back by sharing than was shared': `select f.request_id as id from claim f where f.network_id = $1 and f.split_id is not null
		group by f.request_id having sum(f.amount_cents) > max(f.shared_cents) or count(distinct f.split_id) > 1`,
	'a journal that was taken back twice': `select f.reverses as id from journal f where f.network_id = $1 and f.reverses is not null group by f.reverses having count(*) > 1`
};
