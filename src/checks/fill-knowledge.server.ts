import { answerQuestion, askQuestion, withdrawQuestion } from '#rooms/knowledge/commands.server.ts';
import { makeCard, nameOnCard, reviewCard } from '#rooms/knowledge/cards/commands.server.ts';
import { markHelped, writeMessage } from '#rooms/knowledge/conversation/commands.server.ts';
import {
	addConcept,
	addWord,
	restoreConcept,
	restoreFieldWord,
	retireConcept,
	retireFieldWord,
	retireWord
} from '#rooms/knowledge/words/commands.server.ts';
import { passQuestionsOn } from '#rooms/knowledge/jobs.server.ts';
import type { Scene, SceneRole } from './scene.server.ts';
import { sure } from './sure.ts';

/** What someone says of themselves, so that they are proposed: straight in the table, as their own act would leave it. */
export async function giveProfile(
	scene: Scene,
	role: SceneRole,
	{
		topics = '',
		schemes = '',
		livedExperience = '',
		area = '',
		languages = [] as string[],
		available = true,
		willing = true,
		updatedAt = undefined as Date | undefined
	} = {}
): Promise<void> {
	const { networkId, personId } = scene.actors[role];
	const owner = await scene.database.connections.owner();
	try {
		await owner.query(
			`insert into profile (network_id, person_id, topics, schemes, lived_experience, languages, area, available, willing, updated_at, folded, terms)
			values ($1, $2, $3, $4, $5, $9, $6, $7, $8, $10, lower($3 || ' ' || $4 || ' ' || $5), to_tsvector('dutch', lower($3 || ' ' || $4 || ' ' || $5)))
			on conflict (network_id, person_id) do update set topics = excluded.topics, schemes = excluded.schemes, lived_experience = excluded.lived_experience,
				area = excluded.area, languages = excluded.languages, available = excluded.available, willing = excluded.willing,
				folded = excluded.folded, terms = excluded.terms, updated_at = excluded.updated_at`,
			[
				networkId,
				personId,
				topics,
				schemes,
				livedExperience,
				area,
				available,
				willing,
				languages,
				updatedAt ?? scene.installation.world.now()
			]
		);
	} finally {
		await owner.end();
	}
}

/** Everything that a question can leave behind. Who is asked works in the network and does not sit at the table. */
export async function fillKnowledge(scene: Scene, caseId: string): Promise<void> {
	const { installation, actors } = scene;
	await giveProfile(scene, 'facilitator', { topics: 'huurschuld, ontruiming' });
	const ask = async (text: string) =>
		sure(await askQuestion(installation, actors.holder, { caseId, text, asked: [actors.administrator.membershipId] }));
	const answered = await ask('Wie weet hoe dit kan?');
	const [askId = ''] = answered.asks;
	sure(await answerQuestion(installation, actors.administrator, { askId, answer: 'other_way', text: 'Vraag bijzondere bijstand aan.' }));
	sure(await writeMessage(installation, actors.holder, { askId, text: 'Waar begin ik?' }));
	sure(await markHelped(installation, actors.holder, { askId }));
	const { cardId } = sure(
		await makeCard(installation, actors.holder, {
			...{ askId, scheme: 'Bijzondere bijstand voor huurschuld', how: 'Vraag aan voor de dag van ontruiming.', who: 'Het wijkteam' }
		})
	);
	sure(await nameOnCard(installation, actors.administrator, { cardId, name: 'yes' }));
	sure(await reviewCard(installation, actors.holder, { cardId }));
	sure(await withdrawQuestion(installation, actors.holder, { questionId: (await ask('Laat maar?')).questionId }));
	await ask('Wie kent dit?');
	const { wordId } = sure(
		await addWord(installation, actors.holder, { concept: 'huurachterstand', label: 'achterloper', register: 'everyday' })
	);
	sure(await retireWord(installation, actors.holder, { wordId }));
	const thing = sure(
		await addConcept(installation, actors.holder, {
			kind: 'scheme',
			name: 'Havenfonds',
			saysFor: 'Een fonds van hier.',
			broader: 'inkomen'
		})
	);
	sure(await retireConcept(installation, actors.holder, thing));
	installation.world.tick(1000);
	sure(await restoreConcept(installation, actors.holder, thing));
	const ofTheField = { concept: 'bijstand', label: 'steun' };
	sure(await retireFieldWord(installation, actors.facilitator, ofTheField));
	installation.world.tick(1000);
	sure(await restoreFieldWord(installation, actors.holder, ofTheField));
	const later = new Date(installation.world.now().getTime() + 8 * 86_400_000);
	await passQuestionsOn(installation, actors.holder.networkId, later);
}
