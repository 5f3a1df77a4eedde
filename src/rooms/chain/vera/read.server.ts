import { readShipped } from '#foundation/files/shipped.server.ts';
import type { Day } from '#foundation/time/days.ts';
import { isInUse, readVera } from './rules.ts';
import type { VeraCode } from './rules.ts';

let codes: readonly VeraCode[] | undefined;

/** All codes, read once a process. */
const all = (): readonly VeraCode[] => (codes ??= readVera(readShipped('vera/referentiedata.csv')));

/** The codes of a list that are in use on a day, in the order of the file; none when there is no such list. */
export const listVera = (list: string, day: Day): VeraCode[] => all().filter((code) => code.list === list && isInUse(code, day));

/** One code by its list, also one that has ended. */
export const findVera = (list: string, code: string): VeraCode | null =>
	all().find((one) => one.list === list && one.code === code) ?? null;
