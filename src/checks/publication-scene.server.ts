import { read } from '#foundation/command/reading.server.ts';
import type { Actor } from '#foundation/actor.ts';
import { proposePublication, withdrawPublication } from '#rooms/causes/publication/commands.server.ts';
import { findPublishing, listPublicCauses } from '#rooms/causes/publication/read.server.ts';
import type { PublicCause, Publishing } from '#rooms/causes/publication/read.server.ts';
import { declineSignal } from '#rooms/causes/signals/commands.server.ts';
import { listSignals } from '#rooms/causes/signals/read.server.ts';
import { nameOften } from './fill-causes.server.ts';
import { runDaily } from './run-daily.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

export interface Staged {
	readonly causeId: string;
	readonly publicationId: string;
}

/** What making a cause public is tried with. Causes are the welfare team's own, unless they are someone's outside. */
export interface PublicationScene {
	/** The daily look of the product. */
	sweep(): Promise<void>;
	/** A new signal of a cause in so many cases. */
	signalIn(cases: number, responsible?: string): Promise<{ readonly causeId: string; readonly signalId: string }>;
	propose(causeId: string, actor?: Actor): Promise<string>;
	handBack(signalId: string): Promise<void>;
	/** A cause in a state of docs/ACTIONS.md. */
	stage(state: string): Promise<Staged>;
	publishing(causeId: string): Promise<Publishing>;
	register(actor?: Actor): Promise<PublicCause[]>;
	inRegister(causeId: string): Promise<PublicCause | undefined>;
	/** Lets days go by. */
	days(count: number): void;
}

export function openPublicationScene(scene: Scene): PublicationScene {
	const { installation, actors, officers } = scene;
	let number = 0;
	const days = (count: number): void => installation.world.tick(count * 86_400_000);
	const sweep = () => runDaily(scene, 'daily.publications');
	const signalIn: PublicationScene['signalIn'] = async (cases, responsible = actors.colleague.organisationId) => {
		await nameOften(scene, cases, { cause: 'work_habit', responsible, title: `Gewoonte ${number++}` });
		const [signal] = await read(installation, actors.holder, (tx) => listSignals(tx, actors.holder.networkId));
		if (!signal) throw new Error('There is a signal.');
		return signal;
	};
	const propose: PublicationScene['propose'] = async (causeId, actor = officers.secretaryTwo) => {
		const { publicationId } = sure(await proposePublication(installation, actor, { causeId }));
		installation.world.tick(1000);
		return publicationId;
	};
	const handBack: PublicationScene['handBack'] = async (signalId) => {
		sure(await declineSignal(installation, actors.colleague, { signalId, words: 'Niet van ons.' }));
		installation.world.tick(1000);
	};
	const publishing: PublicationScene['publishing'] = async (causeId) => {
		const found = await read(installation, actors.colleague, (tx, now) => findPublishing(tx, actors.colleague, now, causeId));
		if (!found) throw new Error('There is such a cause.');
		return found;
	};
	const register: PublicationScene['register'] = (actor = actors.colleague) => read(installation, actor, (tx) => listPublicCauses(tx));
	return {
		...{ days, sweep, signalIn, propose, handBack, publishing, register },
		inRegister: async (causeId) => (await register()).find((one) => one.causeId === causeId),
		async stage(state) {
			const { causeId, signalId } = await signalIn(state === 'four' ? 4 : 5, state === 'outside' ? 'uwv' : undefined);
			if (state === 'handed_back') await handBack(signalId);
			if (['none', 'four', 'handed_back'].includes(state)) return { causeId, publicationId: '' };
			const publicationId = await propose(causeId);
			if (state === 'public') {
				days(31);
				await sweep();
				if ((await publishing(causeId)).publication?.state !== 'public') throw new Error('It is public by now.');
			}
			if (state === 'withdrawn') sure(await withdrawPublication(installation, officers.governor, { publicationId }));
			return { causeId, publicationId };
		}
	};
}
