import { z } from 'zod';
import { uuid } from '#foundation/text/free-text.schema.ts';
import { wording } from '../schema.ts';

/** Another day, other words or another amount for an agreement that stands. */
export const changeSchema = z.strictObject({ agreementId: uuid(), ...wording });

/** The change as it was seen: another one that came meanwhile is not answered unseen. */
export const answerChangeSchema = z.strictObject({ agreementId: uuid(), versionId: uuid() });

/** A change above the promiser's own mandate, and who of their organisation is asked to decide. */
export const askForChangeSchema = changeSchema.extend({ deciderMembershipId: uuid() });

/** Who is asked to decide on what the other party offered. */
export const askForOfferedSchema = answerChangeSchema.extend({ deciderMembershipId: uuid() });
