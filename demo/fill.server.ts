import { readFile } from 'node:fs/promises';
import { v7 as uuidv7 } from 'uuid';
import type { Actor, Role } from '#foundation/actor.ts';
import type { Installation, World } from '#foundation/installation.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { parseInput } from '#foundation/text/free-text.schema.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, declineInvitation, inviteToTable, openCase, reopenCase } from '#rooms/cases/commands.server.ts';
import { closeCase } from '#rooms/causes/commands.server.ts';
import { networkFileSchema } from '#rooms/network/schema.ts';
import type { NetworkFile } from '#rooms/network/schema.ts';
import type { NewNetwork } from '#rooms/network/set-up.server.ts';
import { recordValueMap } from '#rooms/returns/commands.server.ts';
import { inventedStories } from './stories/invented.ts';
import { publishedStory } from './stories/published.ts';
import type { Step, Story } from './stories/story.ts';

/** The demo network's word in addresses. */
export const demoSlug = 'havenstad';

const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Reads demo/network.json, as `loopplank network` would. */
async function readNetworkFile(): Promise<NetworkFile> {
	const parsed = parseInput(networkFileSchema, JSON.parse(await readFile(new URL('network.json', import.meta.url), 'utf8')));
	if (!parsed.ok) throw new Error(`demo/network.json: ${JSON.stringify(parsed.refusal.fields)}`);
	return parsed.value;
}

/** A clock that the stories set, with ids of the same moment; randomness stays real. */
function storyWorld(real: World): World & { set(moment: Date): void } {
	let now = real.now();
	return {
		now: () => now,
		id: () => uuidv7({ msecs: now.getTime(), random: real.random(16) }),
		random: (size) => real.random(size),
		set(moment) {
			now = moment;
		}
	};
}

const done = <T>(outcome: Outcome<T>): T => {
	if (!outcome.ok) throw new Error(`A demo story was refused: ${JSON.stringify(outcome.refusal)}`);
	return outcome.value;
};

/** What only the owner of the database can do. */
export interface DemoOwner {
	/** Sets a network up. */
	addNetwork(file: NetworkFile, world: World): Promise<NewNetwork>;
	/** Gives a network its word in addresses: only then it can be found. */
	giveSlug(networkId: string, slug: string): Promise<void>;
}

/**
 * Fills an installation with the invented network: its people by set-up, its cases by the same commands that the pages call. It gets its
 * address last, so that a fill that was killed half way is never shown: the next start makes a new one.
 */
export async function fillDemo(installation: Installation, owner: DemoOwner): Promise<void> {
	const whole = await readNetworkFile();
	const file = { ...whole, slug: `${demoSlug}-${Buffer.from(installation.world.random(6)).toString('hex')}` };
	const today = installation.world.now();
	const world = storyWorld(installation.world);
	world.set(new Date(today.getTime() - 120 * dayMilliseconds));
	const network = await owner.addNetwork(file, world);
	const told: Installation = { ...installation, world };

	const actorOf = (email: string): Actor => {
		const person = network.people.get(email);
		const entry = file.people.find((candidate) => candidate.email === email);
		const membership = entry?.memberships[0];
		const organisationId = membership && network.organisations.get(membership.organisation);
		const membershipId = person?.membershipIds[0];
		if (!person || !membership || !organisationId || !membershipId) throw new Error(`${email} stands in demo/network.json.`);
		return {
			networkId: network.networkId,
			personId: person.personId,
			membershipId,
			organisationId,
			roles: membership.roles as Role[],
			origin: 'demo'
		};
	};
	// Each next act is some minutes later, so that what follows from another stands after it.
	let minute = 0;
	const on = (day: number): void => {
		minute += 3;
		world.set(
			new Date(Math.min(today.getTime() - day * dayMilliseconds + minute * 60_000 - 10 * 60 * 60_000, installation.world.now().getTime()))
		);
	};

	for (const story of [publishedStory, ...inventedStories]) {
		minute = 0;
		await tell(story);
	}
	await owner.giveSlug(network.networkId, demoSlug);

	async function tell({ opens, steps }: Story): Promise<void> {
		const { by, day, ...words } = opens;
		on(day);
		const { caseId } = done(await openCase(told, actorOf(by), words));
		for (const step of steps) await act(step, by, caseId);
	}

	async function act(step: Step, holder: string, caseId: string): Promise<void> {
		on(step.day);
		switch (step.act) {
			case 'invite': {
				const { invitationId } = done(
					await inviteToTable(told, actorOf(holder), { caseId, membershipId: actorOf(step.who).membershipId, message: step.message })
				);
				if (step.answer) {
					on(step.day);
					done(await (step.answer === 'accept' ? acceptInvitation : declineInvitation)(told, actorOf(step.who), { invitationId }));
				}
				return;
			}
			case 'agree': {
				const { agreementId } = done(
					await makeAgreement(told, actorOf(step.who), {
						...{ caseId, what: step.what, receiverId: actorOf(step.to).personId, dueOn: addDays(dayAt(today), -step.dueDay) },
						...(step.proof === undefined ? {} : { proof: step.proof })
					})
				);
				if (!step.report) return;
				on(step.report.day);
				done(
					await reportAgreement(told, actorOf(step.who), {
						...{ agreementId, outcome: step.report.outcome },
						...(step.report.words === undefined ? {} : { words: step.report.words })
					})
				);
				if (!step.report.answer) return;
				on(step.report.day);
				done(await answerReport(told, actorOf(step.to), { agreementId, answer: step.report.answer }));
				return;
			}
			case 'count': {
				const { act: _act, day: _day, proposed = [], hours = 0, hourCents = 0, ...map } = step;
				done(await recordValueMap(told, actorOf(holder), { caseId, ...map, proposed, hours, hourCents }));
				return;
			}
			case 'close': {
				const responsible = network.organisations.get(step.responsible) ?? step.responsible;
				done(
					await closeCase(told, actorOf(holder), {
						...{ caseId, outcome: step.outcome, cause: step.cause, responsible },
						...(step.words === undefined ? {} : { words: step.words })
					})
				);
				return;
			}
			case 'reopen':
				done(await reopenCase(told, actorOf(holder), { caseId }));
		}
	}
}
