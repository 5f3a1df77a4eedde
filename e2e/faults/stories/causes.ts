import { idIn } from '../colleague.ts';
import { dayFromNow, opensCase, today } from '../story.ts';
import type { Story } from '../story.ts';

/** One cause in three cases is a signal: handed back and asked of another, taken up, a change agreed and put in force. */
const aSignal: Story = {
	name: 'a signal',
	acts: ['case.open', 'cause.name', 'signal.decline', 'signal.ask_other', 'signal.take_up', 'signal.agree_change', 'signal.put_in_force'],
	async play(cast) {
		const { holder, partner, office, next } = cast;
		const title = `Wie drinkt, komt intake ${next()} niet door`;
		let causeId = '';
		for (let time = 0; time < 3; time++) {
			const path = `/cases/${await opensCase(cast)}/causes`;
			const named = causeId === '' ? { cause: 'work_habit', responsible: office.treasurerTwo.person.organisationId, title } : { causeId };
			causeId = idIn(await holder.does('cause.name', path, named), 'causeId');
		}
		const { signal } = (await partner.reads(`/causes/${causeId}`)) as { signal: { signalId: string } | null };
		if (signal === null) {
			cast.ledger.strange.push('A cause named in three cases is no signal.');
			return;
		}
		const words = 'Wij vragen het voortaan.';
		const act = (name: string) => `/signals/${signal.signalId}/${name}`;
		await office.treasurerTwo.does('signal.decline', act('refusals'), { words });
		await holder.does('signal.ask_other', act('other-owner'), { responsible: partner.person.organisationId });
		await partner.does('signal.take_up', act('takings'), { dueOn: dayFromNow(30) });
		await partner.does('signal.agree_change', act('changes'), { words, dueOn: dayFromNow(60) });
		await partner.does('signal.put_in_force', act('rules'), { words, changedOn: today() });
	}
};

/** Naming the cause is left for now; when a cause is a signal, and when it is gone, is proposed by the one and confirmed or declined by the other. */
const aSignalRule: Story = {
	name: 'the rule of signals',
	acts: ['case.open', 'cause.skip', 'signal_rule.propose', 'signal_rule.confirm'],
	async play(cast) {
		const { holder, office, next } = cast;
		await holder.does('cause.skip', `/cases/${await opensCase(cast)}/causes/skip`);
		// Three cases are a signal whatever the rule: the story of a signal goes on beside it.
		const wish = { cases: 3, months: 12 + (next() % 12), quietMonths: 6 };
		for (const answer of ['confirmed', 'declined']) {
			const ruleId = idIn(await office.administrator.does('signal_rule.propose', '/signal-rule/proposals', wish), 'ruleId');
			await office.governor.does('signal_rule.confirm', `/signal-rule/proposals/${ruleId}/answer`, { answer });
		}
	}
};

/** A cause in five cases is proposed to be made public: told outside, answered on their behalf, declined with why and answered anew, its words read by two, and taken back. */
const aPublication: Story = {
	name: 'a cause made public',
	acts: [
		'case.open',
		'cause.name',
		'publication.propose',
		'publication.tell_outside',
		'publication.answer',
		'release.write',
		'release.confirm',
		'publication.withdraw'
	],
	async play(cast) {
		const { holder, partner, office, next } = cast;
		let causeId = '';
		for (let time = 0; time < 5; time++) {
			const path = `/cases/${await opensCase(cast)}/causes`;
			const named =
				causeId === '' ? { cause: 'national_scheme', responsible: 'uwv', title: `Een loket dat niet belt ${next()}` } : { causeId };
			causeId = idIn(await holder.does('cause.name', path, named), 'causeId');
		}
		const made = await office.facilitator.does('publication.propose', `/causes/${causeId}/publications`, {});
		const path = `/publications/${idIn(made, 'publicationId')}`;
		await office.secretaryOfHolder.does('publication.tell_outside', `${path}/tellings`, { proof: 'Brief van 3 mei' });
		const answer = { words: 'Wij kijken ernaar.', proof: 'Brief van 4 mei' };
		const first = idIn(await office.governor.does('publication.answer', `${path}/answers`, answer), 'releaseId');
		const why = { answer: 'declined', reason: 'unclear', words: 'Waarnaar kijken zij?' };
		await partner.does('release.confirm', `/releases/${first}/hand`, why);
		await office.governor.does('publication.answer', `${path}/answers`, { ...answer, words: 'Wij bellen terug.' });
		const title = { kind: 'title', words: 'Een loket dat niet terugbelt' };
		const releaseId = idIn(await holder.does('release.write', `/causes/${causeId}/releases`, title), 'releaseId');
		await partner.does('release.confirm', `/releases/${releaseId}/hand`, { answer: 'released' });
		await office.governor.does('publication.withdraw', `${path}/withdrawal`, {});
	}
};

/** A law that leaves no local room: the letter is sent by the one, answered to the other, and another was not sent after all. */
const aLetter: Story = {
	name: 'a letter about a law',
	acts: ['case.open', 'cause.name', 'letter.record', 'letter.answer'],
	async play(cast) {
		const { holder, partner, office, next } = cast;
		let causeId = '';
		for (let time = 0; time < 5; time++) {
			const path = `/cases/${await opensCase(cast)}/causes`;
			const named = { cause: 'law_no_local_room', responsible: 'ministry', title: `Een wet zonder ruimte ${next()}` };
			causeId = idIn(await holder.does('cause.name', path, causeId === '' ? named : { causeId }), 'causeId');
		}
		const sends = async (addressee: string): Promise<string> =>
			`/letters/${idIn(await holder.does('letter.record', `/causes/${causeId}/letters`, { addressee, sentOn: today() }), 'letterId')}/answers`;
		const back = { answeredOn: today(), words: 'Wij nemen het mee.' };
		await partner.does('letter.answer', await sends('ministry'), { ...back, answer: 'other' });
		await office.facilitator.does('letter.answer', await sends('municipalities'), { ...back, answer: 'not_sent' });
	}
};

/** Three parties agree for a year: each offers, each accepts; one looks how it goes, and what was learned each accepts too. Another is declined by one, and taken back. */
const aYear: Story = {
	name: 'an agreement for a year',
	acts: ['yearly.bring', 'yearly.record', 'yearly.accept', 'yearly.decline', 'yearly.withdraw'],
	async play({ holder, partner, third, office, next }) {
		const organisationIds = [partner.person.organisationId, third.person.organisationId];
		const wish = { year: 2027, title: `Wie uit detentie komt, wacht op een adres ${next()}`, organisationIds };
		const path = `/yearly-agreements/${idIn(await holder.does('yearly.bring', '/yearly-agreements', wish), 'itemId')}`;
		const says = async (by: typeof holder, kind: string, more: object = {}): Promise<string> =>
			idIn(await by.does('yearly.record', `${path}/steps`, { kind, words: 'Wij houden adressen vrij.', ...more }), 'stepId');
		const accepted = async (stepId: string): Promise<void> => {
			for (const by of [office.administratorOfHolder, office.administrator, office.administratorOfCity])
				await by.does('yearly.accept', `${path}/acceptances`, { stepId });
		};
		await says(holder, 'offer');
		await says(partner, 'offer');
		await accepted(await says(third, 'offer'));
		await says(holder, 'looked', { how: 'partly' });
		await accepted(await says(third, 'evaluated'));
		const more = { ...wish, title: `Wie verhuist, wacht op een sleutel ${next()}` };
		const other = `/yearly-agreements/${idIn(await holder.does('yearly.bring', '/yearly-agreements', more), 'itemId')}`;
		await office.administratorOfCity.does('yearly.decline', `${other}/refusal`);
		await holder.does('yearly.withdraw', `${other}/withdrawal`);
	}
};

/** A party looks back on an agreement of a year that is over, as long as there are any. */
const aYearOver: Story = {
	name: 'a year that is over',
	acts: ['yearly.look_back'],
	async play({ office, inTurn }) {
		const { administratorOfHolder: by } = office;
		await inTurn(async () => {
			const { items } = (await by.reads('/yearly-agreements')) as {
				items: { itemId: string; lookBack: { said: { organisationId: string }[] } | null }[];
			};
			const own = by.person.organisationId;
			const due = items.find(({ lookBack }) => lookBack !== null && !lookBack.said.some(({ organisationId }) => organisationId === own));
			const words = { how: 'partly', words: 'Bij de helft.', goesOn: 'yes' };
			if (due) await by.does('yearly.look_back', `/yearly-agreements/${due.itemId}/look-back`, words);
		});
	}
};

/** There is one page for all: who plays with it waits for who does so just now. */
let turn: Promise<unknown> = Promise.resolve();

/** A page for everyone: proposed and declined, proposed and taken back, proposed, confirmed and closed. */
const aPublicPage: Story = {
	name: 'the public page',
	acts: ['page.propose', 'page.confirm', 'page.withdraw'],
	async play({ office }) {
		const proposes = async (): Promise<string> =>
			`/public-page/proposals/${idIn(await office.administrator.does('page.propose', '/public-page/proposals'), 'pageId')}/answer`;
		const closes = () => office.governor.does('page.withdraw', '/public-page/closing');
		const play = async (): Promise<void> => {
			await office.governor.does('page.confirm', await proposes(), { answer: 'declined' });
			await proposes();
			await closes();
			await office.governor.does('page.confirm', await proposes(), { answer: 'confirmed' });
			await closes();
		};
		const mine = turn.then(play, play);
		turn = mine.catch(() => undefined);
		await mine;
	}
};

export const causeStories: readonly Story[] = [aSignal, aSignalRule, aPublication, aLetter, aYear, aYearOver, aPublicPage];
