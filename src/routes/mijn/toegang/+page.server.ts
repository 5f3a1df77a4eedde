import { fail, redirect } from '@sveltejs/kit';
import type { RequestEvent } from '@sveltejs/kit';
import type { Identity, Who } from '#foundation/identity/identity.server.ts';
import { refusalStatus } from '#foundation/command/refusal-status.ts';
import type { Outcome, Refusal } from '#foundation/outcome.ts';
import { places } from '#ui/places.ts';
import { fieldsOf } from '../../form.server.ts';
import { browserOf, forgetCookie, whoOf } from '../../sign-in.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** Sessions, passkeys and tokens of who is signed in. */
export const load: PageServerLoad = async (event) => {
	const { account, sessionId, memberships, acting } = whoOf(event);
	const { identity, world } = event.locals.installation;
	const { accountId } = account;
	const organisations = new Map(memberships.map((membership) => [membership.membershipId, membership.organisationName]));
	return {
		now: world.now(),
		key: world.id(),
		canMakeToken: acting !== null,
		sessions: (await identity.listSessions(accountId)).map((session) => ({ ...session, here: session.sessionId === sessionId })),
		passkeys: await identity.listPasskeys(accountId),
		tokens: (await identity.listTokens(accountId)).map((token) => ({ ...token, organisation: organisations.get(token.membershipId) }))
	};
};

/** What the page tells after an act. */
interface Done {
	/** What was done, as the last part of a message key `access.…`. */
	readonly done?: 'others_ended' | 'session_ended' | 'passkey_added' | 'passkey_removed' | 'token_ended';
	readonly count?: number;
	/** The text of a new token: shown in this answer and nowhere else. */
	readonly made?: { readonly token: string; readonly until: Date; readonly organisation: string };
	readonly refusal?: Refusal;
	readonly values?: Readonly<Record<string, string>>;
}

type Act = (identity: Identity, who: Who, values: Readonly<Record<string, string>>, event: RequestEvent) => Promise<Outcome<Done>>;

/** An action of this page: for who is signed in, with the fields of its form. */
const acting = (act: Act) => async (event: RequestEvent) => {
	const who = whoOf(event);
	const values = await fieldsOf(event);
	const outcome = await act(event.locals.installation.identity, who, values, event);
	if (outcome.ok) return outcome.value;
	const refused: Done = { refusal: outcome.refusal, values };
	return fail(refusalStatus[outcome.refusal.code], refused);
};

const told = <T>(outcome: Outcome<T>, done: (value: T) => Done): Outcome<Done> =>
	outcome.ok ? { ok: true, value: done(outcome.value) } : outcome;

export const actions: Actions = {
	endSession: acting(async (identity, { account, sessionId }, values, event) => {
		const ended = values['sessionId'] ?? '';
		const outcome = await identity.endSession(account.accountId, ended);
		if (outcome.ok && ended === sessionId) {
			forgetCookie(event);
			redirect(303, places.signIn);
		}
		return told(outcome, () => ({ done: 'session_ended' }));
	}),
	endOthers: acting(async (identity, who) => ({ ok: true, value: { done: 'others_ended', count: await identity.endOtherSessions(who) } })),
	endEverywhere: acting(async (identity, who, _values, event) => {
		await identity.endOtherSessions(who);
		await identity.endSession(who.account.accountId, who.sessionId);
		forgetCookie(event);
		redirect(303, places.signIn);
	}),
	addPasskey: acting(async (identity, who, values, event) =>
		told(await identity.addPasskey(who, values['answer'] ?? '', browserOf(event)), () => ({ done: 'passkey_added' }))
	),
	removePasskey: acting(async (identity, { account }, values) =>
		told(await identity.removePasskey(account.accountId, values['credentialId'] ?? ''), () => ({ done: 'passkey_removed' }))
	),
	makeToken: acting(async (identity, who, values) =>
		told(await identity.makeToken(who, { key: values['key'], name: values['name'], days: values['days'] }), ({ token, expiresAt }) => ({
			made: { token, until: expiresAt, organisation: who.acting?.organisationName ?? '' }
		}))
	),
	endToken: acting(async (identity, { account }, values) =>
		told(await identity.endToken(account.accountId, values['tokenId'] ?? ''), () => ({ done: 'token_ended' }))
	)
};
