import type pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { books } from '../../e2e/faults/books.ts';
import { wholeness } from '../../e2e/faults/wholeness.ts';
import { makeFullCase, openScene } from './scene.server.ts';
import type { Scene } from './scene.server.ts';

/** What the faults harness counts by sees what is not whole: here it is spoiled on purpose. */

let scene: Scene;
let owner: pg.Client;
const queries: Readonly<Record<string, string>> = { ...wholeness, ...books };

/** How often something is found not to hold. */
async function count(what: string): Promise<number> {
	const query = queries[what];
	if (query === undefined) throw new Error(`Nothing counts "${what}".`);
	return (await owner.query(query, [scene.actors.holder.networkId])).rows.length;
}

beforeAll(async () => {
	scene = await openScene(4);
	await makeFullCase(scene);
	owner = await scene.database.connections.owner();
});
afterAll(async () => {
	await owner.end();
	await scene.drop();
});

test.each([
	['money that went back, and a request that does not say so', `delete from request_event where kind = 'lapsed'`],
	[
		'a request asked again for another amount, or with fewer steps',
		'delete from request_fact where request_id in (select request_id from request_again)'
	],
	['a way to share that names nobody', 'delete from cost_split_part'],
	['a payment without its receipt or its payee', 'delete from receipt'],
	['taking back a journal that was confirmed and not done', 'update journal set reverses = null where reverses is not null'],
	[
		'a journal that was taken back without two people',
		`update reversal_end e set person_id = r.person_id, membership_id = r.membership_id from reversal r
			where r.reversal_id = e.reversal_id and e.kind = 'confirmed'`
	],
	[
		'a year that one person closed, or that was closed twice',
		`update year_close_end e set kind = 'confirmed', person_id = c.person_id, membership_id = c.membership_id from year_close c where c.close_id = e.close_id`
	],
	['a decision of a colleague that counts on no mandate', 'delete from mandate_use'],
	[
		'an announced decision that a colleague takes, and within no mandate',
		`update agreement g set kind = 'decision_follows' from agreement_version v join agreement_ask a on a.version_id = v.version_id
			join agreement_ask_answer n on n.ask_id = a.ask_id and n.answer = 'accepted' where v.agreement_id = g.agreement_id`
	],
	[
		'a rule of signals that one organisation confirmed by itself',
		'update signal_rule_answer a set organisation_id = r.organisation_id from signal_rule r where r.rule_id = a.rule_id'
	],
	[
		'an organisation that came back by one person, or twice',
		'update organisation_return_answer a set person_id = r.person_id, membership_id = r.membership_id from organisation_return r where r.return_id = a.return_id'
	],
	[
		'an organisation that came back and is not there',
		"update organisation_return_answer set answer = 'withdrawn' where answer = 'confirmed'"
	],
	[
		'terms of the ladder that one organisation confirmed by itself',
		'update ladder_terms_answer a set organisation_id = r.organisation_id from ladder_terms r where r.terms_id = a.terms_id'
	]
])('%s is found', async (what, spoil) => {
	expect(await count(what)).toBe(0);
	await owner.query('begin');
	try {
		const { rowCount } = await owner.query(spoil);
		expect(rowCount).toBeGreaterThan(0);
		expect(await count(what)).toBeGreaterThan(0);
	} finally {
		await owner.query('rollback');
	}
});
