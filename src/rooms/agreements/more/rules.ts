import type { AgreementState } from '../rules.ts';

/** Whether a receiver can say that the other did more than agreed: once it was reported, whatever became of it. */
export const maySayMore = (state: AgreementState): boolean => state === 'reported' || state === 'kept' || state === 'ended';
