import { command } from '#foundation/command/command.server.ts';
import type { Deed } from '#foundation/command/command.server.ts';
import { changedKind } from '#foundation/live/changed.server.ts';
import { ok, refuse } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { listNamedCauses } from '../overview/read.server.ts';
import type { Responsible } from '../rules.ts';
import { findResponsible, listAsked, listSignals, lockCause } from '../signals/read.server.ts';
import { looksAtWhole } from '../signals/rules.ts';
import { findStandingPublication, listPublications } from './read.server.ts';
import type { Publication } from './read.server.ts';
import { binds } from '#rooms/people/memberships/rules.ts';
import { answersSince, mayAnswer, mayPropose, mayWithdraw, publicCases } from './rules.ts';
import type { PublicationEventKind } from './rules.ts';
import { answerPublicationSchema, proposePublicationSchema, tellOutsideSchema, withdrawPublicationSchema } from './schema.ts';

/** Proposes to make a cause public. Nothing is public yet: who goes about it is asked, and has thirty days to answer (F5). */
export const proposePublication = command({
	act: 'publication.propose',
	schema: proposePublicationSchema,
	async run(deed, input): Promise<Outcome<{ publicationId: string }>> {
		const publicationId = deed.id();
		deed.about('publication', publicationId);
		const { tx, actor, now } = deed;
		const { networkId, personId, membershipId, organisationId } = actor;
		const cause = (await listNamedCauses(tx)).find((one) => one.causeId === input.causeId);
		if (!cause) return refuse('not_found');
		await lockCause(tx, networkId, input.causeId);
		const responsible = await findResponsible(tx, input.causeId);
		if (!mayPropose(actor, responsible)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		const signal = (await listSignals(tx, networkId, { causeId: input.causeId }))[0];
		if (!signal || signal.state === 'not_ours') return refuse('wrong_state');
		if (await findStandingPublication(tx, networkId, input.causeId)) return refuse('already_proposed');
		if (cause.cases < publicCases) return refuse('too_few_cases');
		await tx
			.insertInto('publication')
			.values({ networkId, publicationId, causeId: input.causeId, personId, membershipId, organisationId, at: now })
			.execute();
		await deed.tell(changedKind, { causeId: input.causeId });
		for (const asked of await listAsked(tx, actor, now, responsible))
			await deed.tell('mail.publication_asked', { causeId: input.causeId, personId: asked });
		return ok({ publicationId });
	}
});

/** What each act on a publication asks first. Its cause is locked before it is read to decide on. */
async function findForAct(deed: Deed, publicationId: string): Promise<Outcome<{ publication: Publication; responsible: Responsible }>> {
	deed.about('publication', publicationId);
	const { networkId } = deed.actor;
	const seen = (await listPublications(deed.tx, networkId, { publicationId }))[0];
	if (!seen) return refuse('not_found');
	await lockCause(deed.tx, networkId, seen.causeId);
	const publication = (await listPublications(deed.tx, networkId, { publicationId }))[0] ?? seen;
	return ok({ publication, responsible: await findResponsible(deed.tx, publication.causeId) });
}

async function record(
	deed: Deed,
	publicationId: string,
	fact: { readonly kind: PublicationEventKind; readonly proof?: string; readonly onBehalf?: boolean }
): Promise<void> {
	const { networkId, personId, membershipId, organisationId } = deed.actor;
	await deed.tx
		.insertInto('publicationEvent')
		.values({
			...{ networkId, publicationId, eventId: deed.id(), kind: fact.kind, proof: fact.proof ?? '', onBehalf: fact.onBehalf ?? false },
			...{ personId, membershipId, organisationId, at: deed.now }
		})
		.execute();
}

/** Who goes about the cause answers; it stands beside the cause once a second of another organisation read it too. Said again, the newest counts. */
export const answerPublication = command({
	act: 'publication.answer',
	schema: answerPublicationSchema,
	async run(deed, input): Promise<Outcome<{ releaseId: string }>> {
		const found = await findForAct(deed, input.publicationId);
		if (!found.ok) return found;
		const { publication, responsible } = found.value;
		const { networkId, personId, membershipId, organisationId, roles } = deed.actor;
		if (!binds(roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (!mayAnswer(deed.actor, responsible)) return refuse('not_responsible');
		if (publication.state === 'withdrawn') return refuse('wrong_state');
		const onBehalf = responsible.kind !== 'organisation';
		const proof = (input.proof ?? '').trim();
		if (onBehalf && proof === '') return refuse('invalid', { fields: [{ path: ['proof'], code: 'required' }] });
		const releaseId = deed.id();
		await deed.tx
			.insertInto('release')
			.values({
				...{ networkId, releaseId, kind: 'answer', causeId: publication.causeId, publicationId: publication.publicationId },
				...{ body: input.words.trim(), personId, membershipId, organisationId, at: deed.now }
			})
			.execute();
		await record(deed, publication.publicationId, { kind: 'answered', proof, onBehalf });
		await deed.tell('mail.publication_answered', { causeId: publication.causeId, personId: publication.personId });
		return ok({ releaseId });
	}
});

/** Records how and when who goes about it was told, where they are not in the network: from then on they have their thirty days. */
export const tellOutside = command({
	act: 'publication.tell_outside',
	schema: tellOutsideSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.publicationId);
		if (!found.ok) return found;
		const { publication, responsible } = found.value;
		if (!looksAtWhole(deed.actor.roles)) return refuse('not_allowed', { lift: { kind: 'role', role: 'facilitator' } });
		if (publication.state !== 'asked' || responsible.kind === 'organisation') return refuse('wrong_state');
		const signal = (await listSignals(deed.tx, deed.actor.networkId, { causeId: publication.causeId }))[0];
		// Told once is told: the days that run are not begun anew.
		if (answersSince(publication, responsible, signal?.events ?? []) !== null) return refuse('already_answered');
		await record(deed, publication.publicationId, { kind: 'told_outside', proof: input.proof.trim() });
		return ok(null);
	}
});

/** Takes it back, before or after it was public. To close what is open needs no second. */
export const withdrawPublication = command({
	act: 'publication.withdraw',
	schema: withdrawPublicationSchema,
	async run(deed, input): Promise<Outcome<null>> {
		const found = await findForAct(deed, input.publicationId);
		if (!found.ok) return found;
		const { publication, responsible } = found.value;
		const { personId, roles } = deed.actor;
		if (!mayWithdraw(deed.actor, publication.personId, responsible))
			return refuse(binds(roles) ? 'not_yours' : 'not_allowed', { lift: { kind: 'role', role: 'administrator' } });
		if (publication.state === 'withdrawn') return refuse('wrong_state');
		await record(deed, publication.publicationId, { kind: 'withdrawn' });
		const asked = responsible.kind === 'organisation' ? await listAsked(deed.tx, deed.actor, deed.now, responsible) : [];
		for (const told of new Set([publication.personId, ...asked]))
			if (told !== personId) await deed.tell('mail.publication_withdrawn', { causeId: publication.causeId, personId: told });
		return ok(null);
	}
});
