import { idIn } from '../colleague.ts';
import { dayFromNow, opensCase } from '../story.ts';
import type { Cast, Story } from '../story.ts';
import { receipt, transferPayment } from './receipts.ts';

const asking = { what: 'De eerste huur.', supplier: 'De Kade', why: 'Er is geen regeling die past.', amount: '2.500' };
const scores = (score: string) => ({ legitimacy: score, involvement: score, return: score });

/** What is filled in before the secretariat can be asked: by path, what is sent. */
export const steps: readonly (readonly [path: string, body: object])[] = [
	['goal', { goal: 'Ik wil weer thuis slapen.', residentDoes: 'Hij belt zelf.', horizonMonths: '12' }],
	['problems', { problem: 'Geen bed in huis.', kind: 'household', place: '1' }],
	[
		'triangle',
		{
			...{ present: scores('2'), looming: scores('1'), proposed: scores('4'), presentBecause: 'Zo is het nu.' },
			...{ loomingBecause: 'Dit dreigt.', proposedBecause: 'Dit stellen we voor.' }
		}
	],
	['durability', { outlook: 'yes', because: 'De huur is weer te betalen.' }],
	['effects', { socialAssistance: 'no', administration: 'none' }],
	['precedents', {}]
];
export const scheme = {
	...{ scheme: 'Bijzondere bijstand', answer: 'refused', askedOn: dayFromNow(-20), answeredOn: dayFromNow(-6) },
	why: 'Een bed valt niet onder de regel.'
};

/** A request with every step filled in, sent to the secretariat. */
async function sends(cast: Cast, more: object = {}): Promise<string> {
	const { holder } = cast;
	const prepared = await holder.does('request.prepare', `/cases/${await opensCase(cast)}/requests`, { ...asking, ...more });
	const requestId = idIn(prepared, 'requestId');
	const record = (path: string, body: object) => holder.does('request.record', `/requests/${requestId}/${path}`, body);
	for (const [path, body] of steps) await record(path, body);
	const dropped = idIn(await record('schemes', scheme), 'entryId');
	await holder.does('request.record', `/requests/${requestId}/entries/${dropped}`, undefined, 'DELETE');
	await record('schemes', scheme);
	await holder.does('request.send', `/requests/${requestId}/submission`);
	return requestId;
}

/** Sent, and agreed to by two of the secretariat who work for different organisations; it may be paid from then on. */
async function isGranted(cast: Cast, more: object = {}): Promise<string> {
	const requestId = await sends(cast, more);
	const judges = [cast.office.secretaryOfTeam, cast.office.secretaryOfCity];
	await Promise.all(judges.map((who) => who.does('request.judge', `/requests/${requestId}/judgements`, { verdict: 'grant' })));
	await cast.office.treasurer.does('payment.release', `/requests/${requestId}/release`);
	return requestId;
}

/** The full lane: questions of the secretariat and their reply, one who stands aside, a refusal; what was asked is withdrawn. */
const aSecretariat: Story = {
	name: 'the secretariat',
	acts: ['case.open', 'request.prepare', 'request.record', 'request.send', 'request.judge', 'request.stand_aside', 'request.withdraw'],
	async play(cast) {
		const { holder, office } = cast;
		const requestId = await sends(cast);
		const judge = (who: 'secretaryOfTeam' | 'secretaryOfCity', body: object, id = requestId) =>
			office[who].does('request.judge', `/requests/${id}/judgements`, body);
		await office.secretaryOfHolder.does('request.stand_aside', `/requests/${requestId}/standing-aside`);
		await judge('secretaryOfTeam', { verdict: 'ask', reason: 'Wat is er al geprobeerd?' });
		await holder.does('request.record', `/requests/${requestId}/replies`, { reply: 'Alles.' });
		const partly = { verdict: 'partly', amount: '2000', reason: 'De rest kan later.', condition: 'Met een plan.' };
		// At once: the one who comes second decides.
		await Promise.all((['secretaryOfTeam', 'secretaryOfCity'] as const).map((who) => judge(who, partly)));
		await holder.does('request.withdraw', `/requests/${requestId}/withdrawal`);
		const refused = await sends(cast);
		const no = { verdict: 'refuse', reason: 'Dit kan het wijkteam zelf.', whoHelps: 'Het wijkteam.' };
		for (const who of ['secretaryOfTeam', 'secretaryOfCity'] as const) await judge(who, no, refused);
	}
};

/** Paying what was granted by transfer: taken back once, then ticked off by two. */
const aTransfer: Story = {
	name: 'a transfer',
	acts: [
		...(['case.open', 'request.prepare', 'request.record', 'request.send', 'request.judge', 'payment.release', 'payment.submit'] as const),
		...(['payment.withdraw', 'transfer.tick', 'receipt.add', 'split.propose', 'split.accept', 'claim.split'] as const),
		...(['claim.propose', 'claim.accept', 'claim.decline', 'claim.paid', 'claim.write_off'] as const)
	],
	async play(cast) {
		const { holder, office } = cast;
		// A way to share binds for what is asked from then on.
		const splitId = idIn(await office.treasurer.does('split.propose', '/splits', { kind: 'equal' }), 'splitId');
		const accepting = [office.administrator, office.administratorOfHolder];
		await Promise.all(accepting.map((who) => who.does('split.accept', `/splits/${splitId}/acceptance`)));
		const requestId = await isGranted(cast);
		const pay = async () =>
			idIn(await holder.does('payment.submit', `/requests/${requestId}/payments`, await transferPayment(cast, '450')), 'paymentId');
		await holder.does('payment.withdraw', `/payments/${await pay()}`, undefined, 'DELETE');
		const paymentId = await pay();
		for (const who of [office.treasurer, office.governor]) await who.does('transfer.tick', `/payments/${paymentId}/ticks`);
		await holder.does('receipt.add', `/payments/${paymentId}/receipts`, { receipt: await receipt(cast) });
		await isPaidBack(cast, requestId, splitId);
	}
};

/** What the pot paid is asked back: accepted, declined, shared; paid in part, and the rest written off by two. */
async function isPaidBack(cast: Cast, requestId: string, splitId: string): Promise<void> {
	const { holder, office, partner } = cast;
	const { treasurer, treasurerTwo, administrator } = office;
	const wish = { organisationId: partner.person.organisationId, amount: '30', dueOn: dayFromNow(60), why: 'Jullie regeling kwam te laat.' };
	const claims = async () => idIn(await holder.does('claim.propose', `/requests/${requestId}/claims`, wish), 'claimId');
	const claimId = await claims();
	await administrator.does('claim.accept', `/claims/${claimId}/acceptance`);
	await administrator.does('claim.decline', `/claims/${await claims()}/refusal`);
	await treasurer.does('claim.paid', `/claims/${claimId}/payments`, { amount: '10' });
	for (const who of [treasurer, treasurerTwo]) await who.does('claim.write_off', `/claims/${claimId}/write-off`);
	await treasurer.does('claim.split', `/splits/${splitId}/claims`, {
		requestId,
		amount: '50',
		dueOn: dayFromNow(60),
		why: 'Samen gedragen.'
	});
}

/** An advance that an organisation is to pay back, paid by a colleague who is paid back in turn. */
const anAdvance: Story = {
	name: 'an advance',
	acts: [
		...(['case.open', 'request.prepare', 'request.record', 'request.send', 'request.judge', 'payment.release', 'payment.submit'] as const),
		'transfer.tick'
	],
	async play(cast) {
		const { holder, partner, office } = cast;
		const requestId = await isGranted(cast, { kind: 'advance', repaidBy: partner.person.organisationId });
		const payment = await transferPayment(cast, '120', 'member');
		const paymentId = idIn(await holder.does('payment.submit', `/requests/${requestId}/payments`, payment), 'paymentId');
		for (const who of [office.treasurer, office.governor]) await who.does('transfer.tick', `/payments/${paymentId}/ticks`);
	}
};

/** What was granted and not used in time is asked again in one tap, of the team or of the secretariat, as long as there is any. */
const askedAgain: Story = {
	name: 'asked again',
	acts: ['request.ask_again'],
	async play({ holder, lapsed }) {
		const requestId = lapsed();
		if (requestId !== null) await holder.does('request.ask_again', `/requests/${requestId}/again`);
	}
};

export const largerRequestStories: readonly Story[] = [aSecretariat, aTransfer, anAdvance, askedAgain];
