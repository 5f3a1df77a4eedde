import { z } from 'zod';
import { localDate, uuid } from '#foundation/text/free-text.schema.ts';

/** The day from which nobody of the organisation acts or reads in the network. */
export const proposeLeaveSchema = z.strictObject({ leavesOn: localDate() });

export const leaveSchema = z.strictObject({ leaveId: uuid() });
