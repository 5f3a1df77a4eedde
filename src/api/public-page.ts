import { z } from '@hono/zod-openapi';
import type { Installation } from '#foundation/installation.ts';
import { causeKinds, outsideResponsibles, responsibleColumns } from '#rooms/causes/rules.ts';
import { signalStates } from '#rooms/causes/signals/rules.ts';
import { findVisitedPage } from '#rooms/table/public/read.server.ts';
import { publicFigures } from '#rooms/table/public/rules.ts';
import { day } from './case-table.schema.ts';

/** What a network tells everyone: the one reading without a token, besides what a problem means. */
export const publicPagePath = '/public/{slug}';

export const publicPageMeaning =
	'While two organisations of the network want it so. Nothing is counted over fewer than five: counts are rounded down to fives, amounts to hundreds of euros, and a figure changes once a quarter at most, when five or more were added or taken off. The three ways of counting a return always stand together. May be kept by anyone; any page elsewhere may read it.';

/** In the register of the network and on the page for everyone alike. */
export const publicExceptions = z.array(z.object({ withMoney: z.boolean(), times: z.int().min(5).multipleOf(5), quarter: day() })).openapi({
	description:
		'How often at least someone was helped although the cause stood in the way, with money of the pot and without: in fives, nothing under five, counted in that quarter.'
});

export const publicPageSchema = z
	.object({
		network: z.object({
			name: z.string(),
			invented: z.boolean().openapi({ description: 'The demo: its organisations and people do not exist.' })
		}),
		organisations: z.array(z.string()),
		figures: z.array(
			z.object({
				what: z.enum(publicFigures),
				amount: z.int().openapi({
					description:
						'A count; for `paid` whole cents; for `net`, `full` and `gross` hundredths of a euro prevented per euro, rounded to tenths.'
				}),
				low: z.int().nullable(),
				high: z.int().nullable(),
				quarter: day().openapi({ description: 'First day of the quarter in which it was counted.' })
			})
		),
		causes: z.array(
			z.object({
				...{ kind: z.enum(causeKinds), organisation: z.string().nullable(), outside: z.enum(outsideResponsibles).nullable() },
				...{ gone: z.boolean(), state: z.enum(signalStates), changedOn: day().nullable(), sinceYear: z.int(), quarter: day() },
				...{
					cases: z.int().min(5),
					exceptions: publicExceptions,
					title: z.string().nullable(),
					rule: z.string().nullable(),
					answer: z.string().nullable()
				},
				answerWithheld: z.boolean()
			})
		)
	})
	.openapi('PublicPage');

/** Null when there is nothing for everyone to read. */
export async function tellPublicPage(installation: Installation, slug: string): Promise<z.input<typeof publicPageSchema> | null> {
	const page = await findVisitedPage(installation, slug);
	if (page === null) return null;
	const { name, invented, organisations, figures, causes, names } = page;
	return {
		network: { name, invented },
		organisations: organisations.map((organisation) => organisation.name),
		figures: publicFigures.flatMap((what) => {
			const figure = figures[what];
			return figure === undefined ? [] : [{ what, ...figure }];
		}),
		causes: causes.map(({ responsible, causeId: _, exceptions, ...cause }) => {
			const { organisationId, outside } = responsibleColumns(responsible);
			const organisation = organisationId === null ? null : (names.get(organisationId) ?? null);
			return { ...cause, exceptions: [...exceptions], organisation, outside, gone: responsible.kind === 'gone' };
		})
	};
}
