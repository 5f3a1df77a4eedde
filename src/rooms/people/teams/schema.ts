import { z } from 'zod';
import { freeText, localDate, uuid } from '#foundation/text/free-text.schema.ts';

/** A team: what it is called and for which area it works. */
export const makeTeamSchema = z.strictObject({ name: freeText({ min: 1, max: 120 }), area: freeText({ min: 1, max: 200 }) });

export const inviteToTeamSchema = z.strictObject({ teamId: uuid(), membershipId: uuid() });

export const teamInvitationSchema = z.strictObject({ invitationId: uuid() });

export const teamSchema = z.strictObject({ teamId: uuid() });

/** Days on duty, both included. */
export const takeDutySchema = z.strictObject({ teamId: uuid(), fromDay: localDate(), untilDay: localDate() });

export const dutySchema = z.strictObject({ dutyId: uuid() });

/** Days on duty that a colleague of the team is asked for. */
export const askDutySchema = z.strictObject({ teamId: uuid(), membershipId: uuid(), fromDay: localDate(), untilDay: localDate() });

export const dutyAskSchema = z.strictObject({ askId: uuid() });
