import { sql } from 'kysely';
import { termAct } from '#foundation/command/term-act.server.ts';
import type { TermDeed } from '#foundation/command/term-act.server.ts';
import type { Installation } from '#foundation/installation.ts';
import { addDays, dayAt, startOfDay } from '#foundation/time/days.ts';
import { jobNetwork, payloadId } from '#foundation/jobs/job.ts';
import type { JobHandler, JobHandlers } from '#foundation/jobs/job.ts';
import type { MailSubject } from '#foundation/mail/letter.ts';
import type { MessageKey } from '#foundation/text/text.ts';
import { notifyPerson } from '#rooms/people/jobs.server.ts';
import { getFundRules } from '../rules-in-force/read.server.ts';
import { findRequest, listRole, lockRequest } from './read.server.ts';
import { completeUntil, reservedUntil, termOf } from './rules.ts';
import { stepNames } from './steps/rules.ts';

/** Days before money goes back, at which who asked is told. */
const lapseWarningDays = 7;

const letter =
	(subject: MailSubject, sentence: MessageKey, path: (id: (name: string) => string) => string): JobHandler =>
	(installation, job) =>
		notifyPerson(installation, job, { subject, sentence, path: path((name) => payloadId(job, name)) });
const ofCase = (kind: 'decided' | 'paid' | 'short' | 'more' | 'question' | 'late' | 'lapsed' | 'lapses' | 'unfinished'): JobHandler =>
	letter(`mail.request_${kind}.subject`, `mail.request_${kind}.text`, (id) => `/casus/${id('caseId')}`);

/** The requests before the secretariat whose term has run out, and of which nobody was told yet. */
async function listOverdue(installation: Installation, networkId: string, now: Date): Promise<string[]> {
	return installation.door.job(networkId, now, async (tx) => {
		const { rows } = await sql<{ requestId: string; acute: boolean; askedAt: Date }>`
			select r.request_id, r.acute, max(e.at) as asked_at
			from request r
			join request_event e on e.network_id = r.network_id and e.request_id = r.request_id and e.kind = 'asked'
			left join request_more m on m.network_id = r.network_id and m.request_id = r.request_id
			where r.network_id = ${networkId} and (r.lane = 'full' or m.at is not null)
				and not exists (select from request_event d where d.network_id = r.network_id and d.request_id = r.request_id and d.kind <> 'asked')
				and not exists (select from request_fallback f where f.network_id = r.network_id and f.request_id = r.request_id)
			group by r.request_id, r.acute, r.lane having r.lane = 'full' or count(*) >= 2 order by 3, 1`.execute(tx);
		const rules = await getFundRules(tx);
		return rows.filter((row) => termOf(row.askedAt, row.acute, rules) <= now).map((row) => row.requestId);
	});
}

/** The term of the secretariat ran out (D4): one more is asked to decide, of another organisation; who asked, the secretariat and the facilitator are told. */
async function runOut(deed: TermDeed, requestId: string): Promise<boolean> {
	const { tx, networkId, now } = deed;
	await lockRequest(tx, networkId, requestId);
	const request = await findRequest(tx, { networkId }, requestId);
	if (!request || request.state !== 'asked' || request.lane !== 'full' || request.askedAt === null) return false;
	if (termOf(request.askedAt, request.acute, await getFundRules(tx)) > now) return false;
	const { rows } = await sql<{ personId: string; membershipId: string; organisationId: string }>`
		select person_id, membership_id, organisation_id from app.fallback_for(${requestId})`.execute(tx);
	const [fallback] = rows;
	const written = await tx
		.insertInto('requestFallback')
		.values({ networkId, requestId, ...(fallback ?? { personId: null, membershipId: null, organisationId: null }), at: now })
		.onConflict((conflict) => conflict.columns(['networkId', 'requestId']).doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return false;
	const { caseId } = await tx
		.selectFrom('caseRequest')
		.select('caseId')
		.where('networkId', '=', networkId)
		.where('requestId', '=', requestId)
		.executeTakeFirstOrThrow();
	await deed.tell('mail.request_late', { caseId, personId: request.askedBy });
	const deciders = new Set(await listRole(tx, networkId, now, 'secretariat'));
	if (fallback) deciders.add(fallback.personId);
	for (const personId of deciders) if (personId !== request.askedBy) await deed.tell('mail.request_overdue', { requestId, personId });
	for (const personId of await listRole(tx, networkId, now, 'facilitator')) await deed.tell('mail.secretariat_late', { personId });
	return true;
}

/** Alarms for what is past its term. Done twice, told once. */
export async function passTerms(installation: Installation, networkId: string, now: Date): Promise<number> {
	let told = 0;
	for (const requestId of await listOverdue(installation, networkId, now))
		if (
			await termAct(installation, networkId, now, { act: 'request.term_over', kind: 'request', id: requestId }, (deed) =>
				runOut(deed, requestId)
			)
		)
			told++;
	return told;
}

/** An acute request was helped first, and is not complete within its days (A7): who asked and the secretariat are told, once. */
async function tellUnfinished(deed: TermDeed, requestId: string, caseId: string): Promise<boolean> {
	const { tx, networkId, now } = deed;
	await lockRequest(tx, networkId, requestId);
	const request = await findRequest(tx, { networkId }, requestId);
	if (
		!request?.acute ||
		request.lane !== 'full' ||
		request.askedAt === null ||
		request.state === 'refused' ||
		request.state === 'withdrawn'
	)
		return false;
	if (completeUntil(request.askedAt, await getFundRules(tx)) > now) return false;
	const { rows } = await sql<{ filled: string[] }>`select app.steps_filled(${requestId}) as filled`.execute(tx);
	if (stepNames.every((step) => rows[0]?.filled.includes(step))) return false;
	const written = await tx
		.insertInto('requestUnfinished')
		.values({ networkId, requestId, at: now })
		.onConflict((conflict) => conflict.columns(['networkId', 'requestId']).doNothing())
		.executeTakeFirst();
	if (written.numInsertedOrUpdatedRows === 0n) return false;
	await deed.tell('mail.request_unfinished', { caseId, personId: request.askedBy });
	for (const personId of await listRole(tx, networkId, now, 'secretariat'))
		if (personId !== request.askedBy) await deed.tell('mail.completion_late', { requestId, personId });
	return true;
}

/** Alarms for acute requests that were not completed within their days. Done twice, told once. */
export async function passCompletions(installation: Installation, networkId: string, now: Date): Promise<number> {
	const due = await installation.door.job(networkId, now, async (tx) => {
		const { rows } = await sql<{ requestId: string; caseId: string; askedAt: Date }>`
			select r.request_id, c.case_id, max(e.at) as asked_at
			from request r
			join case_request c on c.network_id = r.network_id and c.request_id = r.request_id
			join request_event e on e.network_id = r.network_id and e.request_id = r.request_id and e.kind = 'asked'
			where r.network_id = ${networkId} and r.acute
				and not exists (select from request_event d where d.network_id = r.network_id and d.request_id = r.request_id and d.kind in ('refused', 'withdrawn', 'lapsed'))
				and not exists (select from request_unfinished u where u.network_id = r.network_id and u.request_id = r.request_id)
				and not app.steps_filled(r.request_id) @> ${[...stepNames]}
			group by r.request_id, c.case_id order by 3, 1`.execute(tx);
		const rules = await getFundRules(tx);
		return rows.filter((row) => completeUntil(row.askedAt, rules) <= now);
	});
	let told = 0;
	for (const { requestId, caseId } of due)
		if (
			await termAct(installation, networkId, now, { act: 'request.completion_over', kind: 'request', id: requestId, caseId }, (deed) =>
				tellUnfinished(deed, requestId, caseId)
			)
		)
			told++;
	return told;
}

/** Grants what was agreed to and waited for money, oldest first, as far as there is enough now. */
export async function grantWaiting(installation: Installation, networkId: string, now: Date): Promise<number> {
	const { waiting, rules } = await installation.door.job(networkId, now, async (tx) => {
		const { rows } = await sql<{ requestId: string; caseId: string; askedBy: string }>`
			select s.request_id, c.case_id, r.asked_by from request_short s
			join request r on r.network_id = s.network_id and r.request_id = s.request_id
			join case_request c on c.network_id = s.network_id and c.request_id = s.request_id
			where s.network_id = ${networkId}
				and not exists (select from request_event e where e.network_id = s.network_id and e.request_id = s.request_id and e.kind <> 'asked')
			order by s.at, s.request_id`.execute(tx);
		return { waiting: rows, rules: rows.length > 0 ? await getFundRules(tx) : null };
	});
	let granted = 0;
	for (const { requestId, caseId, askedBy } of waiting)
		if (
			rules !== null &&
			(await termAct(installation, networkId, now, { act: 'request.grant_waiting', kind: 'request', id: requestId }, async (deed) => {
				const { rows } = await sql<{ granted: boolean }>`
					select app.grant_waiting(${requestId}, ${deed.id()}, ${deed.id()}, ${deed.id()}, ${reservedUntil(now, rules)}) as granted`.execute(deed.tx);
				if (rows[0]?.granted !== true) return false;
				await deed.tell('mail.request_decided', { caseId, personId: askedBy });
				return true;
			}))
		)
			granted++;
	return granted;
}

/** Letters of requests, and the look each minute for terms that ran out and money that came in. */
export const requestJobs: JobHandlers = {
	'mail.request_decided': ofCase('decided'),
	'mail.request_paid': ofCase('paid'),
	'mail.request_short': ofCase('short'),
	'mail.request_more': ofCase('more'),
	'mail.request_question': ofCase('question'),
	'mail.request_late': ofCase('late'),
	'mail.request_lapsed': ofCase('lapsed'),
	'mail.request_lapses': ofCase('lapses'),
	'mail.request_unfinished': ofCase('unfinished'),
	'mail.completion_late': letter('mail.completion_late.subject', 'mail.completion_late.text', (id) => `/pot/aanvraag/${id('requestId')}`),
	'mail.request_sent': letter('mail.request_sent.subject', 'mail.request_sent.text', (id) => `/pot/aanvraag/${id('requestId')}`),
	'mail.request_overdue': letter('mail.request_overdue.subject', 'mail.request_overdue.text', (id) => `/pot/aanvraag/${id('requestId')}`),
	'mail.secretariat_late': letter('mail.secretariat_late.subject', 'mail.secretariat_late.text', () => '/netwerk'),
	'mail.pot_short': letter('mail.pot_short.subject', 'mail.pot_short.text', () => '/pot'),
	'sweep.request_terms': async (installation, job) => {
		await passTerms(installation, jobNetwork(job), job.now);
		await passCompletions(installation, jobNetwork(job), job.now);
	},
	'sweep.request_money': async (installation, job) => {
		await grantWaiting(installation, jobNetwork(job), job.now);
	},

	/** A week before money that was set aside goes back, who asked is told. */
	'daily.request_lapses': async (installation, job) => {
		const networkId = jobNetwork(job);
		const from = startOfDay(addDays(dayAt(job.now), lapseWarningDays));
		const soon = await installation.door.job(networkId, job.now, async (tx) => {
			const { rows } = await sql<{ reservationId: string; caseId: string; askedBy: string }>`
				select r.reservation_id, c.case_id, q.asked_by from reservation r
				join request q on q.network_id = r.network_id and q.request_id = r.request_id
				join case_request c on c.network_id = r.network_id and c.request_id = r.request_id
				where r.network_id = ${networkId} and r.expires_at > ${job.now} and r.expires_at <= ${from}
					and not exists (select from reservation_end e where e.network_id = r.network_id and e.reservation_id = r.reservation_id)`.execute(tx);
			return rows;
		});
		// Asked for under one name each day: told once.
		for (const { reservationId, caseId, askedBy } of soon)
			await job.ask('mail.request_lapses', networkId, { caseId, personId: askedBy }, `mail.request_lapses ${reservationId}`);
	}
};
export const requestDaily: readonly string[] = ['daily.request_lapses'];
export const requestSweeps: readonly string[] = ['sweep.request_terms', 'sweep.request_money'];
