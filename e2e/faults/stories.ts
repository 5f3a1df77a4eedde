import type { ActCode } from '../../src/foundation/command/acts.ts';
import { agreementStories } from './stories/agreements.ts';
import { bookStories } from './stories/books.ts';
import { caseStories } from './stories/cases.ts';
import { chainStories } from './stories/chain.ts';
import { causeStories } from './stories/causes.ts';
import { facilitationStories } from './stories/facilitation.ts';
import { knowledgeStories } from './stories/knowledge.ts';
import { largerRequestStories } from './stories/larger-requests.ts';
import { meetingStories } from './stories/meetings.ts';
import { peopleStories } from './stories/people.ts';
import { potStories } from './stories/pot.ts';
import { requestStories } from './stories/requests.ts';
import { residentStories } from './stories/residents.ts';
import { returnStories } from './stories/returns.ts';
import { toldStories } from './stories/told.ts';
import { escalationStories } from './stories/escalation.ts';
import { lessonStories } from './stories/lessons.ts';
import { trustStories } from './stories/trust.ts';
import type { Story } from './story.ts';

/** Everything that is played, a room after the other. */
export const stories: readonly Story[] = [
	...caseStories,
	...agreementStories,
	...knowledgeStories,
	...requestStories,
	...largerRequestStories,
	...potStories,
	...bookStories,
	...returnStories,
	...causeStories,
	...residentStories,
	...peopleStories,
	...meetingStories,
	...toldStories,
	...trustStories,
	...chainStories,
	...lessonStories,
	...facilitationStories,
	...escalationStories
];

/** The acts that somebody does in a story. */
export const playedActs: ReadonlySet<ActCode> = new Set(stories.flatMap(({ acts }) => acts));

/** Acts that nobody does: the product does them when a term has run out. The harness lets the terms run out (`overdue.ts`). */
export const jobActs = [
	'question.pass_on',
	'agreement.remind',
	'reservation.expire',
	'request.term_over',
	'request.completion_over',
	'request.grant_waiting',
	'follow_up.plan',
	'follow_up.ask',
	'publication.open',
	'signal.verify',
	'signal.remind',
	'membership.begin',
	'profile.ask_again',
	'meeting.remind',
	'minutes.ask',
	'yearly.remind',
	'yearly.ask_look_back',
	'escalation.overdue'
] as const satisfies readonly ActCode[];

/** Readings: they leave a line in the log and change nothing, so there is nothing to be half done. */
export const readings = [
	'case.read',
	'case.read_log',
	'case.copy',
	'receipt.read',
	'payee.read',
	'claim.read',
	'resident.read',
	'agreement.read_ask',
	'question.read',
	'request.read',
	'log.read',
	'pair.read',
	'project.read',
	'escalation.read',
	'log.read'
] as const satisfies readonly ActCode[];

/** Acts that write and that the harness does not do, each with why. */
export const leftOut: Readonly<Partial<Record<ActCode, string>>> = {
	'retention.clear': 'It removes rows that are two years old: the harness counts what is there, and has nothing of that age.',
	'organisation.leave': 'Whoever worked for it plays no more, and the organisations of the harness are shared by all who play.'
};
