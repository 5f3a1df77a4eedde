import type { RequestEvent } from '@sveltejs/kit';
import { withdrawAsk } from '#rooms/agreements/asks/commands.server.ts';
import { acceptChange, askForOffered, declineChange } from '#rooms/agreements/changes/commands.server.ts';
import { answerReport, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { didMore } from '#rooms/agreements/more/commands.server.ts';
import { disputeRoom, nudge } from '#rooms/agreements/turns/commands.server.ts';
import { act, optional, present } from '../form.server.ts';

/** The page of the table itself: of a case, a project or a pair. */
const here = (event: RequestEvent) => () => event.url.pathname;
const about = (fields: Record<string, string>) => ({ agreementId: fields['agreementId'] });
const change = (fields: Record<string, string>) => ({ ...about(fields), versionId: fields['versionId'] });
const worded = (fields: Record<string, string>) =>
	present({ ...about(fields), words: optional(fields['words']), acknowledged: fields['acknowledged'] === 'yes' });

/** What people do with the agreements of a table on its page. */
export const agreementActions = {
	report: (event: RequestEvent) =>
		act(event, reportAgreement, {
			form: 'report',
			input: (fields) => ({ ...worded(fields), outcome: fields['outcome'] }),
			to: here(event)
		}),
	answer: (event: RequestEvent) =>
		act(event, answerReport, { form: 'answer', input: (fields) => ({ ...about(fields), answer: fields['answer'] }), to: here(event) }),
	acceptChange: (event: RequestEvent) => act(event, acceptChange, { form: 'change', input: change, to: here(event) }),
	askForOffered: (event: RequestEvent) =>
		act(event, askForOffered, {
			form: 'change',
			input: (fields) => ({ ...change(fields), deciderMembershipId: fields['deciderMembershipId'] }),
			to: here(event)
		}),
	declineChange: (event: RequestEvent) => act(event, declineChange, { form: 'change', input: change, to: here(event) }),
	nudge: (event: RequestEvent) => act(event, nudge, { form: 'nudge', input: about, to: here(event) }),
	withdrawAsk: (event: RequestEvent) =>
		act(event, withdrawAsk, { form: 'ask', input: (fields) => ({ askId: fields['askId'] }), to: here(event) }),
	didMore: (event: RequestEvent) => act(event, didMore, { form: 'didMore', input: worded, to: here(event) }),
	disputeRoom: (event: RequestEvent) => act(event, disputeRoom, { form: 'disputeRoom', input: worded, to: here(event) })
};
