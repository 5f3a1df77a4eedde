-- Who knows what to do: questions without name, who was asked and what they answered, the conversation after it, and the cards of what helped.
-- A question has no case: case_question links the two and is seen at the table only. Its words lie with the words of the case.

create table question (
	network_id uuid not null references network,
	question_id uuid not null,
	asked_by uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	amount_cents bigint check (amount_cents > 0),
	team_id uuid,
	at timestamptz not null,
	primary key (network_id, question_id),
	foreign key (network_id, membership_id, asked_by) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation,
	foreign key (network_id, team_id) references team
);
comment on table question is 'A question without name, to some people or to a team. Of which case it is stands in case_question. retention: with the case; the facts may stay for the figures.';
comment on column question.amount_cents is 'The amount that is asked, where it is about money: then to agree is a vote.';

create table case_question (
	network_id uuid not null,
	case_id uuid not null,
	question_id uuid not null,
	primary key (network_id, case_id, question_id),
	unique (network_id, question_id),
	foreign key (network_id, case_id) references case_record,
	foreign key (network_id, question_id) references question
);
comment on table case_question is 'Of which case a question is: seen at its table only. retention: with the case.';

create table question_ask (
	network_id uuid not null,
	ask_id uuid not null,
	question_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	reason text not null check (reason ~ '^[a-z_]{1,40}$'),
	round integer not null check (round between 1 and 9),
	at timestamptz not null,
	due_at timestamptz not null,
	primary key (network_id, ask_id),
	unique (network_id, question_id, person_id),
	unique (network_id, ask_id, question_id, person_id),
	foreign key (network_id, question_id) references question,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table question_ask is 'Someone was asked, once in a question: for which kind of reason, in which round, and when it is passed on without an answer. retention: with the question.';
comment on column question_ask.reason is 'What in their profile it was for (topics, schemes, lived_experience), or team, duty, chosen.';
create index question_ask_question on question_ask (network_id, question_id);
create index question_ask_person on question_ask (network_id, person_id, at);
create index question_ask_membership on question_ask (network_id, membership_id);

create table question_answer (
	network_id uuid not null,
	ask_id uuid not null,
	question_id uuid not null,
	person_id uuid not null,
	answer text not null check (answer in ('agree', 'other_way', 'call_me', 'declined')),
	at timestamptz not null,
	primary key (network_id, ask_id),
	foreign key (network_id, ask_id, question_id, person_id) references question_ask (network_id, ask_id, question_id, person_id)
);
comment on table question_answer is 'What someone who was asked answered: once. A decline needs no reason. retention: with the question.';
create index question_answer_question on question_answer (network_id, question_id);

create table question_withdrawal (
	network_id uuid not null,
	question_id uuid not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, question_id),
	foreign key (network_id, question_id) references question,
	foreign key (network_id, person_id) references person
);
comment on table question_withdrawal is 'A question was taken back by who asked it. retention: with the question.';

create table question_candidate (
	network_id uuid not null,
	question_id uuid not null,
	place integer not null check (place > 0),
	person_id uuid not null,
	membership_id uuid not null,
	organisation_id uuid not null,
	reason text not null check (reason ~ '^[a-z_]{1,40}$'),
	primary key (network_id, question_id, place),
	unique (network_id, question_id, person_id),
	foreign key (network_id, question_id) references question,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id),
	foreign key (network_id, organisation_id) references organisation
);
comment on table question_candidate is 'Who was proposed for a question and not asked at once, in order: when nobody answers, the first of them is asked. retention: with the question.';

create table question_pass (
	network_id uuid not null,
	question_id uuid not null,
	round integer not null check (round between 2 and 9),
	kind text not null check (kind in ('next', 'duty', 'ended')),
	at timestamptz not null,
	primary key (network_id, question_id, round),
	foreign key (network_id, question_id) references question
);
comment on table question_pass is 'Nobody had answered in time: the question went to the next proposed, to the colleague on duty, or had nowhere left to go (ended). retention: with the question.';

create table conversation_message (
	network_id uuid not null,
	message_id uuid not null,
	ask_id uuid not null,
	question_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, message_id),
	foreign key (network_id, ask_id) references question_ask,
	foreign key (network_id, question_id) references question,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table conversation_message is 'A message between who asked and who answered; its words lie with the words of the case. retention: with the question.';
create index conversation_message_ask on conversation_message (network_id, ask_id, at);
create index conversation_message_question on conversation_message (network_id, question_id);

create table answer_helped (
	network_id uuid not null,
	ask_id uuid not null,
	question_id uuid not null,
	person_id uuid not null,
	at timestamptz not null,
	primary key (network_id, ask_id),
	foreign key (network_id, ask_id) references question_answer,
	foreign key (network_id, question_id) references question,
	foreign key (network_id, person_id) references person
);
comment on table answer_helped is 'Who asked says that an answer helped. retention: with the question.';
create index answer_helped_question on answer_helped (network_id, question_id);

create table knowledge_card (
	network_id uuid not null references network,
	card_id uuid not null,
	made_by uuid not null,
	membership_id uuid not null,
	scheme text not null,
	how text not null,
	who text not null,
	terms tsvector not null,
	folded text not null,
	at timestamptz not null,
	primary key (network_id, card_id),
	foreign key (network_id, membership_id, made_by) references membership (network_id, membership_id, person_id)
);
comment on table knowledge_card is 'What helped once, for who comes after: the scheme or rule, how it went, whom to ask. Free of personal data; of no case. retention: until 2 years after it was retired.';
create index knowledge_card_terms on knowledge_card using gin (terms);
create index knowledge_card_folded on knowledge_card using gin (folded gin_trgm_ops);

create table card_source (
	network_id uuid not null,
	card_id uuid not null,
	ask_id uuid not null,
	question_id uuid not null,
	primary key (network_id, card_id),
	unique (network_id, ask_id),
	foreign key (network_id, card_id) references knowledge_card,
	foreign key (network_id, ask_id) references answer_helped,
	foreign key (network_id, question_id) references question
);
comment on table card_source is 'From which answer a card came: seen by who answered and at the table of the case, not by who reads the card. retention: with the question.';
create index card_source_question on card_source (network_id, question_id);

create table card_offer (
	network_id uuid not null,
	card_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, card_id, person_id),
	foreign key (network_id, card_id) references knowledge_card,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table card_offer is 'Who answered is asked whether their name may stand on the card. retention: with the card.';
create index card_offer_person on card_offer (network_id, person_id);

create table card_name (
	network_id uuid not null,
	card_id uuid not null,
	person_id uuid not null,
	membership_id uuid not null,
	accepted boolean not null,
	at timestamptz not null,
	primary key (network_id, card_id, person_id),
	foreign key (network_id, card_id, person_id) references card_offer,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table card_name is 'Whether someone lets their name stand on a card; only who accepted is named. retention: with the card.';
create index card_name_membership on card_name (network_id, membership_id);

create table card_review (
	network_id uuid not null,
	card_id uuid not null,
	review_id uuid not null,
	verdict text not null check (verdict in ('still_right', 'retired')),
	person_id uuid not null,
	membership_id uuid not null,
	at timestamptz not null,
	primary key (network_id, card_id, review_id),
	foreign key (network_id, card_id) references knowledge_card,
	foreign key (network_id, membership_id, person_id) references membership (network_id, membership_id, person_id)
);
comment on table card_review is 'Someone looked at a card again: it is still right, or it is retired. A year after the last look it is stale. retention: with the card.';

-- Which questions are whose. An ask counts with the membership it was made to, while that is valid: who left is asked nothing.
create function app.my_asks() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select k.ask_id from public.question_ask k
		where k.network_id = app.network_id() and k.person_id = app.person_id() and k.membership_id = app.membership_id() and app.acts_in_network()
	$$;
comment on function app.my_asks() is 'The asks made to the actor, with the membership they act with.';
create function app.questions_to_me() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select k.question_id from public.question_ask k
		where k.network_id = app.network_id() and k.person_id = app.person_id() and k.membership_id = app.membership_id() and app.acts_in_network()
	$$;
comment on function app.questions_to_me() is 'The questions in which the actor is asked.';
create function app.questions_by_me() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select q.question_id from public.question q
		where q.network_id = app.network_id() and q.asked_by = app.person_id() and q.membership_id = app.membership_id() and app.acts_in_network()
	$$;
comment on function app.questions_by_me() is 'The questions that the actor asked.';
create function app.my_questions() returns setof uuid language sql stable security definer set search_path = ''
	as $$ select app.questions_to_me() union select app.questions_by_me() $$;
comment on function app.my_questions() is 'The questions that the actor asked or is asked in.';
create function app.table_questions() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select c.question_id from public.case_question c
		where c.network_id = app.network_id() and c.case_id = any(array(select app.my_cases()))
	$$;
comment on function app.table_questions() is 'The questions of the cases at whose table the actor sits.';
create function app.may_write_in(wanted_case uuid, wanted_part text, about uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select app.acts_in_network() and exists (
			select from public.question_ask k
			join public.case_question c on c.network_id = k.network_id and c.question_id = k.question_id
			where k.network_id = app.network_id() and c.case_id = wanted_case and k.person_id = app.person_id() and k.membership_id = app.membership_id()
				and case wanted_part
					when 'answer' then k.ask_id = about
					when 'message' then exists (
						select from public.conversation_message m
						where m.network_id = k.network_id and m.message_id = about and m.ask_id = k.ask_id and m.person_id = k.person_id
					)
					else false end
		)
	$$;
comment on function app.may_write_in(uuid, text, uuid) is 'Whether the actor writes, in this case, the words of their own answer or message: without a seat at its table.';
create function app.wrote_words(wanted_case uuid, wanted_words uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select exists (
			select from public.case_words w
			where w.network_id = app.network_id() and w.case_id = wanted_case and w.words_id = wanted_words and w.person_id = app.person_id()
				and w.part in ('answer', 'message')
		)
	$$;
comment on function app.wrote_words(uuid, uuid) is 'Whether these are words of an answer or message of the actor: those go into the search index of the case.';
create function app.question_is_open(question uuid) returns boolean language sql stable security definer set search_path = ''
	as $$
		select app.acts_in_network() and question = any(array(select app.my_questions() union select app.table_questions()))
			and (
				select v.kind <> 'closed' from public.case_question c
				join public.case_event v on v.network_id = c.network_id and v.case_id = c.case_id
				where c.network_id = app.network_id() and c.question_id = question order by v.at desc, v.event_id desc limit 1
			)
	$$;
comment on function app.question_is_open(uuid) is 'Whether the case of a question of the actor is still under way; says nothing of which.';
create function app.count_asks(since timestamptz) returns table (person_id uuid, asks bigint) language sql stable security definer set search_path = ''
	as $$
		select k.person_id, count(*) from public.question_ask k
		where k.network_id = app.network_id() and k.at >= since and app.acts_in_network()
		group by 1
	$$;
comment on function app.count_asks(timestamptz) is 'How often each person of the network was asked since a moment, so that the load is spread. No question, no case.';
create function app.end_question_links(question uuid) returns bigint language sql volatile security definer set search_path = ''
	as $$
		with ended as (
			insert into public.private_link_end (network_id, link_id, reason, at)
			select l.network_id, l.link_id, 'revoked', app.now() from public.private_link l
			join public.question_ask k on k.network_id = l.network_id and k.ask_id = l.subject_id
			where l.network_id = app.network_id() and l.purpose = 'question' and k.question_id = question
				and question = any(array(select app.questions_by_me()))
			on conflict do nothing
			returning 1
		)
		select count(*) from ended
	$$;
comment on function app.end_question_links(uuid) is 'Takes back the links by which people could answer a question of the actor.';
create function app.figure_questions() returns table (questions bigint, answered bigint, median_hours double precision) language sql stable security definer set search_path = ''
	as $$
		with asked as (
			select q.at, (
				select min(a.at) from public.question_answer a
				where a.network_id = q.network_id and a.question_id = q.question_id and a.answer <> 'declined'
			) as answered_at
			from public.question q
			where q.network_id = app.network_id() and app.acts_in_network()
				and not exists (
					select from public.question_withdrawal w
					where w.network_id = q.network_id and w.question_id = q.question_id
						and not exists (select from public.question_answer a where a.network_id = q.network_id and a.question_id = q.question_id and a.answer <> 'declined')
				)
		), counted as (
			select count(*) as questions, count(answered_at) as answered,
				percentile_cont(0.5) within group (order by extract(epoch from answered_at - at) / 3600) as median_hours
			from asked
		)
		select c.questions, case when c.questions >= 3 then c.answered end, case when c.answered >= 3 then c.median_hours end
		from counted c
	$$;
comment on function app.figure_questions() is 'How many questions were asked in the network, how many got an answer, and the median of hours (by the clock, not working hours) to the first one; the latter two only from 3 (k = 3). No question, no case.';
grant execute on function app.my_asks(), app.questions_to_me(), app.questions_by_me(), app.my_questions(), app.table_questions(), app.may_write_in(uuid, text, uuid),
	app.wrote_words(uuid, uuid), app.question_is_open(uuid), app.count_asks(timestamptz), app.end_question_links(uuid), app.figure_questions() to loopplank_app;

-- What the product itself looks at when nobody answered. For the jobs' role: no case, no words.
create function app.due_questions() returns setof uuid language sql stable security definer set search_path = ''
	as $$
		select q.question_id from public.question q
		where q.network_id = app.network_id()
			and not exists (select from public.question_withdrawal w where w.network_id = q.network_id and w.question_id = q.question_id)
			and not exists (select from public.question_answer a where a.network_id = q.network_id and a.question_id = q.question_id and a.answer <> 'declined')
			and not exists (select from public.question_pass p where p.network_id = q.network_id and p.question_id = q.question_id and p.kind = 'ended')
			and not exists (
				select from public.question_ask k where k.network_id = q.network_id and k.question_id = q.question_id and k.due_at > app.now()
					and not exists (select from public.question_answer a where a.network_id = k.network_id and a.ask_id = k.ask_id)
			)
			and (
				select v.kind <> 'closed' from public.case_question c
				join public.case_event v on v.network_id = c.network_id and v.case_id = c.case_id
				where c.network_id = q.network_id and c.question_id = q.question_id order by v.at desc, v.event_id desc limit 1
			)
	$$;
comment on function app.due_questions() is 'The questions that wait to be passed on: nobody answered in time, or everyone asked declined.';
create function app.left_to_ask(question uuid) returns table (kind text, person_id uuid, membership_id uuid, organisation_id uuid, reason text) language sql stable security definer set search_path = ''
	as $$
		with asked as (
			select q.network_id, q.question_id, q.asked_by, q.team_id from public.question q
			where q.network_id = app.network_id() and q.question_id = question
		), proposed as (
			select 'next' as kind, 1 as first, n.place::bigint as place, ''::text as team, n.person_id, n.membership_id, n.reason
			from asked a join public.question_candidate n on n.network_id = a.network_id and n.question_id = a.question_id
			join public.profile f on f.network_id = n.network_id and f.person_id = n.person_id and f.available and f.willing
		), duty as (
			-- The team that was asked; else a team of who asks; else any team of the network.
			select 'duty' as kind, case when d.team_id = a.team_id then 1 when t.member then 2 else 3 end as first, 0::bigint as place, t.name as team,
				d.person_id, d.membership_id, 'duty' as reason
			from asked a join public.team_duty d on d.network_id = a.network_id
			cross join lateral (
				select g.name, exists (
					select from public.team_member b where b.network_id = g.network_id and b.team_id = g.team_id and b.person_id = a.asked_by
						and b.valid_from <= app.now() and (b.valid_until is null or b.valid_until > app.now())
				) as member
				from public.team g where g.network_id = d.network_id and g.team_id = d.team_id
			) t
			where (app.now() at time zone 'Europe/Amsterdam')::date between d.from_day and d.until_day
		)
		select o.kind, o.person_id, o.membership_id, m.organisation_id, o.reason
		from (select * from proposed union all select * from duty) o
		cross join asked a
		join public.membership m on m.network_id = a.network_id and m.membership_id = o.membership_id and m.person_id = o.person_id
			and m.valid_from <= app.now() and (m.valid_until is null or m.valid_until > app.now())
		join public.organisation g on g.network_id = m.network_id and g.organisation_id = m.organisation_id and (g.left_at is null or g.left_at > app.now())
		where o.person_id <> a.asked_by
			and not exists (select from public.question_ask k where k.network_id = a.network_id and k.question_id = a.question_id and k.person_id = o.person_id)
		order by o.kind, o.first, o.team, o.place, o.person_id
	$$;
comment on function app.left_to_ask(uuid) is 'Who can still be asked in a question: the proposed who were not asked yet, in order, and who is on duty.';
revoke execute on function app.due_questions(), app.left_to_ask(uuid) from public;
grant execute on function app.due_questions(), app.left_to_ask(uuid) to loopplank_jobs;

do $$
declare t text;
begin
	foreach t in array array['question', 'case_question', 'question_ask', 'question_answer', 'question_withdrawal', 'question_candidate', 'question_pass', 'conversation_message', 'answer_helped', 'knowledge_card', 'card_source', 'card_offer', 'card_name', 'card_review'] loop
		execute format('alter table %I enable row level security', t);
		execute format('alter table %I force row level security', t);
		execute format('create policy owner_all on %I to loopplank_owner using (true) with check (true)', t);
		execute format('grant select on %I to loopplank_app', t);
		if t <> 'question_pass' then execute format('grant insert on %I to loopplank_app', t); end if;
	end loop;
	foreach t in array array['question', 'question_ask', 'question_answer', 'question_withdrawal', 'question_pass', 'conversation_message', 'answer_helped', 'card_source', 'question_candidate'] loop
		execute format('create policy table_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and question_id = any(array(select app.table_questions())))', t);
	end loop;
	foreach t in array array['question_ask', 'question_answer', 'conversation_message', 'answer_helped', 'card_source'] loop
		execute format('create policy asked_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and ask_id = any(array(select app.my_asks())))', t);
	end loop;
	foreach t in array array['question', 'question_withdrawal', 'question_pass'] loop
		execute format('create policy own_reads on %I for select to loopplank_app using (network_id = (select app.network_id()) and question_id = any(array(select app.my_questions())))', t);
	end loop;
	foreach t in array array['knowledge_card', 'card_review'] loop
		execute format('create policy network_reads on %I for select to loopplank_app using (network_id = (select app.network_id()))', t);
	end loop;
	foreach t in array array['question_ask', 'question_candidate'] loop
		execute format('create policy asker_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and question_id = any(array(select app.questions_by_me())))', t);
	end loop;
	foreach t in array array['question_withdrawal', 'answer_helped'] loop
		execute format('create policy asker_writes on %I for insert to loopplank_app with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and question_id = any(array(select app.questions_by_me())))', t);
	end loop;
	foreach t in array array['question', 'question_ask', 'question_answer', 'question_withdrawal', 'question_pass'] loop
		execute format('create policy jobs_reads on %I for select to loopplank_jobs using (network_id = (select app.network_id()))', t);
		execute format('grant select on %I to loopplank_jobs', t);
	end loop;
	foreach t in array array['question_ask', 'question_pass'] loop
		execute format('create policy jobs_writes on %I for insert to loopplank_jobs with check (network_id = (select app.network_id()))', t);
		execute format('grant insert on %I to loopplank_jobs', t);
	end loop;
end $$;

create policy asks on question for insert to loopplank_app
	with check (network_id = (select app.network_id()) and asked_by = (select app.person_id()) and membership_id = (select app.membership_id()));
create policy table_reads on case_question for select to loopplank_app
	using (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())));
create policy table_writes on case_question for insert to loopplank_app
	with check (network_id = (select app.network_id()) and case_id = any(array(select app.my_cases())) and question_id = any(array(select app.questions_by_me())));
create policy answers on question_answer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and ask_id = any(array(select app.my_asks())));
create policy talks on conversation_message for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id())
		and (ask_id = any(array(select app.my_asks())) or question_id = any(array(select app.questions_by_me()))));

create policy makes on knowledge_card for insert to loopplank_app
	with check (network_id = (select app.network_id()) and made_by = (select app.person_id()) and membership_id = (select app.membership_id()));
create policy maker_writes on card_source for insert to loopplank_app
	with check (network_id = (select app.network_id()) and question_id = any(array(select app.questions_by_me()))
		and card_id = any(array(select c.card_id from knowledge_card c where c.made_by = (select app.person_id()))));
create policy offered_reads on card_offer for select to loopplank_app
	using (network_id = (select app.network_id()) and (person_id = (select app.person_id())
		or card_id = any(array(select c.card_id from knowledge_card c where c.made_by = (select app.person_id())))));
create policy maker_writes on card_offer for insert to loopplank_app
	with check (network_id = (select app.network_id()) and card_id = any(array(select c.card_id from knowledge_card c where c.made_by = (select app.person_id()))));
create policy named_reads on card_name for select to loopplank_app
	using (network_id = (select app.network_id()) and (accepted or person_id = (select app.person_id())));
create policy own_writes on card_name for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()));
create policy looks on card_review for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and membership_id = (select app.membership_id()) and (select app.acts_in_network()));

-- Who is asked reads the words of the question, and those of their own answer and conversation; nothing else of the case.
create policy asked_reads on case_words for select to loopplank_app
	using (network_id = (select app.network_id()) and (
		(part = 'question' and about_id = any(array(select app.questions_to_me())))
		or (part = 'answer' and about_id = any(array(select app.my_asks())))
		or (part = 'message' and about_id = any(array(select m.message_id from conversation_message m where m.ask_id = any(array(select app.my_asks())))))
	));
create policy asked_writes on case_words for insert to loopplank_app
	with check (network_id = (select app.network_id()) and person_id = (select app.person_id()) and app.may_write_in(case_id, part, about_id));
create policy asked_writes on search_document for insert to loopplank_app
	with check (network_id = (select app.network_id()) and app.wrote_words(case_id, words_id));
