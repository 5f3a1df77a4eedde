import type { DemoCause } from './story.ts';

/** What became of causes that came back. Days are counted back from today. */
export interface SignalStep {
	readonly day: number;
	readonly cause: DemoCause;
	readonly by: string;
	readonly act: 'take_up' | 'agree_change';
	/** By when something is heard, or has changed. */
	readonly dueDay: number;
	readonly words?: string;
}

export const signalSteps: readonly SignalStep[] = [
	{ day: 280, cause: 'waiting', by: 'sanne@gemeente.example', act: 'take_up', dueDay: 200 },
	{
		day: 190,
		cause: 'waiting',
		by: 'sanne@gemeente.example',
		act: 'agree_change',
		dueDay: -30,
		words: 'Bij gezinnen met kinderen komt er binnen een week een voorschot.'
	},
	{ day: 210, cause: 'first_month', by: 'sanne@gemeente.example', act: 'take_up', dueDay: 120 }
];
