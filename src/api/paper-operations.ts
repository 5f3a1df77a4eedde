import { z } from '@hono/zod-openapi';
import { ok } from '#foundation/outcome.ts';
import { locales } from '#foundation/text/text.ts';
import { getChainPaper } from '#rooms/chain/papers/read.server.ts';
import { calendarYear } from '#rooms/fund/years/schema.ts';
import { getCaseEvaluation, getNetworkPaper } from '#rooms/meetings/papers/read.server.ts';
import type { PaperKind } from '#rooms/meetings/papers/rules.ts';
import { download } from './operation.ts';
import type { Operation } from './operation.ts';

const file = 'application/pdf';
const query = z.strictObject({ language: z.enum(locales).default('nl') });
const means = 'The paper as it stands now, as PDF/UA-1.';
const unmade = ['papers_unavailable', 'paper_failed'] as const;

const papers: Readonly<Record<PaperKind, { operationId: string; path: string; summary: string; description: string }>> = {
	set_up: {
		...{ operationId: 'getSetUpWorkbook', path: '/papers/set-up', summary: 'The workbook for the start of the network' },
		description: 'What was written so far, the interests, the talks to have after the last scan, and room for the rest.'
	},
	pack: {
		...{ operationId: 'getGovernorsPack', path: '/papers/governors-pack', summary: 'The pack for governors' },
		description: 'Does it work, what must we change, what do we owe. For governors, oversight and the facilitator.'
	},
	yearly_report: {
		...{ operationId: 'getYearlyReport', path: '/papers/yearly-report', summary: 'The yearly report' },
		description:
			'What may be read outside the network of one year: no count under five, each rounded down to five, and what a euro returned in all three ways. Of a year that is over the figures change no more.'
	}
};

export const paperOperations: readonly Operation[] = [
	...(['set_up', 'pack'] as const).map((kind) =>
		download({
			...({ ...papers[kind], tag: 'papers', file, query, means, refusals: ['not_found', ...unmade] } as const),
			async read({ installation, actor, query: { language } }) {
				const made = await getNetworkPaper(installation, actor, kind, language);
				return made.ok ? ok({ body: made.value }) : made;
			}
		})
	),
	download({
		...({ ...papers.yearly_report, tag: 'papers', file, means, refusals: ['not_found', ...unmade] } as const),
		query: query.extend({
			year: calendarYear().optional().openapi({
				type: 'integer',
				minimum: 2000,
				maximum: 2199,
				description: 'One that has begun, from the first in which a case was brought in; else the one that runs.'
			})
		}),
		async read({ installation, actor, query: { language, year } }) {
			const made = await getNetworkPaper(installation, actor, 'yearly_report', language, year);
			return made.ok ? ok({ body: made.value }) : made;
		}
	}),
	download({
		...{ operationId: 'getChainWorkbook', path: '/papers/chain', tag: 'papers', file, query, means, refusals: unmade },
		summary: 'The workbook on organising a chain',
		description: 'From the projects at whose table one sits, each of which leaves a line in its log; blank for who sits at none.',
		async read({ installation, actor, query: { language } }) {
			const made = await getChainPaper(installation, actor, language);
			return made.ok ? ok({ body: made.value }) : made;
		}
	}),
	download({
		...{ operationId: 'getCaseEvaluation', path: '/cases/{caseId}/evaluation', tag: 'papers', file, query, means, refusals: unmade },
		summary: 'Looking back on a case',
		description: 'For who sits at its table. That it was made is a line in the log of the case.',
		async read({ installation, actor, params, query: { language } }) {
			const made = await getCaseEvaluation(installation, actor, params.caseId, language);
			return made.ok ? ok({ body: made.value.bytes }) : made;
		}
	})
];
