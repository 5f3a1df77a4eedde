import type { Actor } from '#foundation/actor.ts';
import type { Installation } from '#foundation/installation.ts';
import { ok } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { createFormat } from '#foundation/text/format.ts';
import { say } from '#foundation/text/say.server.ts';
import type { Locale, Text } from '#foundation/text/text.ts';
import { tellingOf } from '#rooms/cases/telling/rules.ts';
import { getCaseTable } from '../read.server.ts';
import { tellCase } from './rules.ts';

/** A case as plain text for one's own system. That it was copied is a line of its own in the log. */
export async function getCaseCopy(
	installation: Installation,
	actor: Actor,
	caseId: string,
	locale: Locale
): Promise<Outcome<{ pseudonym: string; text: string }>> {
	const found = await getCaseTable(installation, actor, caseId, 'case.copy');
	if (!found.ok) return found;
	const table = found.value;
	const t: Text = Object.assign((...[key, values]: Parameters<Text>) => say(locale, key, values), { locale });
	const text = tellCase(t, createFormat(locale), table, tellingOf(t, table), installation.world.now());
	return ok({ pseudonym: table.facts.pseudonym, text });
}
