import { agreementOperations } from './agreement-operations.ts';
import { cardOperations } from './card-operations.ts';
import { bookOperations } from './book-operations.ts';
import { caseOperations } from './case-operations.ts';
import { publicPageOperations } from './public-page-operations.ts';
import { publicationOperations } from './publication-operations.ts';
import { letterOperations } from './letter-operations.ts';
import { yearlyOperations } from './yearly-operations.ts';
import { causeOperations } from './cause-operations.ts';
import { handOverOperations } from './hand-over-operations.ts';
import { invitationOperations } from './invitation-operations.ts';
import { mandateOperations } from './mandate-operations.ts';
import { agendaOperations } from './agenda-operations.ts';
import { caseItemOperations } from './case-item-operations.ts';
import { meetingOperations } from './meeting-operations.ts';
import { networkOperations } from './network-operations.ts';
import { projectOperations } from './project-operations.ts';
import { questionOperations } from './question-operations.ts';
import { residentOperations } from './resident-operations.ts';
import { followUpOperations } from './follow-up-operations.ts';
import { peopleOperations } from './people-operations.ts';
import { paymentOperations } from './payment-operations.ts';
import { potOperations } from './pot-operations.ts';
import { requestOperations } from './request-operations.ts';
import { judgingOperations } from './judging-operations.ts';
import { requestStepOperations } from './request-step-operations.ts';
import { returnOperations } from './return-operations.ts';
import { roleOperations } from './role-operations.ts';
import { startOperations } from './start-operations.ts';
import { scanOperations } from './scan-operations.ts';
import { startTableOperations } from './start-table-operations.ts';
import { teamOperations } from './team-operations.ts';
import { lessonOperations } from './lesson-operations.ts';
import { trustOperations } from './trust-operations.ts';
import { paperOperations } from './paper-operations.ts';
import { escalationOperations } from './escalation-operations.ts';
import { comingBackOperations } from './coming-back-operations.ts';
import { leavingOperations } from './leaving-operations.ts';
import { attentionOperations } from './attention-operations.ts';
import { wordOperations } from './word-operations.ts';
import { storyOperations } from './story-operations.ts';
import type { Operation } from './operation.ts';

/** Every operation of the API: what is mounted is what is documented. */
export const operations: readonly Operation[] = [
	...caseOperations,
	...invitationOperations,
	...agreementOperations,
	...mandateOperations,
	...returnOperations,
	...questionOperations,
	...cardOperations,
	...followUpOperations,
	...residentOperations,
	...peopleOperations,
	...teamOperations,
	...startOperations,
	...startTableOperations,
	...scanOperations,
	...roleOperations,
	...potOperations,
	...bookOperations,
	...paymentOperations,
	...causeOperations,
	...publicationOperations,
	...letterOperations,
	...yearlyOperations,
	...handOverOperations,
	...requestOperations,
	...judgingOperations,
	...requestStepOperations,
	...networkOperations,
	...meetingOperations,
	...agendaOperations,
	...caseItemOperations,
	...wordOperations,
	...publicPageOperations,
	...storyOperations,
	...trustOperations,
	...projectOperations,
	...paperOperations,
	...lessonOperations,
	...attentionOperations,
	...escalationOperations,
	...leavingOperations,
	...comingBackOperations
];
