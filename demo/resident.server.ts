import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linkPath } from '#foundation/links/private-links.server.ts';
import { residentOfDemo } from '#foundation/installation.ts';
import { makeResidentLink } from '#rooms/privacy/resident/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';

/** The holder gives the resident of the published case a link of their own; the page "sign in as" shows it. */
export async function tellResident({ installation, actor }: Cast, slug: string, holder: string, caseId: string): Promise<void> {
	const { linkId } = done(await makeResidentLink(installation, actor(holder), { caseId }));
	const path = await linkPath(installation, slug, { linkId, purpose: 'resident' });
	await writeFile(join(installation.settings.dataFolder, residentOfDemo), path, { mode: 0o600 });
}
