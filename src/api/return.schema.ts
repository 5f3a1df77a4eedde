import { z } from '@hono/zod-openapi';
import { assumptionNames } from '#rooms/returns/assumptions/rules.ts';
import { eventCodes } from '#rooms/returns/rules.ts';
import { moment } from './case-table.schema.ts';

/** A list as the rooms give it: not to be changed. */
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();
const amount = () => z.int().openapi({ description: 'Whole cents.' });
const share = () => z.number().min(0).max(1);
const frees = z.enum(['now', 'later', 'capacity', 'not', 'unknown']);

export const waySchema = z
	.object({
		perEuro: z
			.number()
			.nullable()
			.openapi({ description: 'Euros for each euro put in, every number at its middle; null when nothing was put in.' }),
		mean: z.number().nullable(),
		low: z.number().nullable().openapi({ description: '5th percentile over all draws; null when no number has a range.' }),
		high: z.number().nullable().openapi({ description: '95th percentile over all draws.' }),
		standardError: z.number().nullable(),
		chanceItPays: share().nullable(),
		benefitCents: amount(),
		benefitLowCents: amount().nullable().openapi({ description: '5th percentile over all draws.' }),
		benefitHighCents: amount().nullable().openapi({ description: '95th percentile over all draws.' }),
		costCents: amount(),
		netCents: amount(),
		paybackYears: z.number().nullable()
	})
	.openapi('Way');

/** The three ways stand in one object: none can be had without the others. */
export const waysSchema = z
	.object({
		fundOnly: waySchema.openapi({ description: 'Only the euro from the pot.' }),
		adjusted: waySchema.openapi({ description: 'Less what would have happened anyway.' }),
		full: waySchema.openapi({ description: 'And all hours added.' })
	})
	.openapi('Ways');

/** The same three ways over findings or several cases. */
const summedWaySchema = z
	.object({
		perEuro: z.number().nullable(),
		low: z.number().nullable(),
		high: z.number().nullable(),
		benefitCents: amount(),
		costCents: amount()
	})
	.openapi('SummedWay');
export const summedWaysSchema = z
	.object({ fundOnly: summedWaySchema, adjusted: summedWaySchema, full: summedWaySchema })
	.openapi('SummedWays');

const rowSchema = z
	.object({
		path: z.enum(['looming', 'proposed', 'input']),
		index: z.int().nullable().openapi({ description: 'Place in the recorded list.' }),
		price: z.string().nullable(),
		nameNl: z.string(),
		nameEn: z.string(),
		unit: z.string().nullable(),
		unitCents: amount(),
		lowCents: amount().nullable(),
		highCents: amount().nullable(),
		quantity: z.number(),
		years: z.number(),
		chance: share(),
		payer: z.string().nullable(),
		frees: frees.nullable(),
		freesBecause: z
			.object({ nl: z.string(), en: z.string(), by: z.string(), on: z.iso.date() })
			.nullable()
			.openapi({ description: 'Why the price becomes money so, who says it and since when; null where the case chose otherwise.' }),
		year: z.int().nullable(),
		source: z.string().nullable(),
		url: z.string().nullable(),
		presentCents: amount(),
		adjustedCents: amount()
	})
	.openapi('ReturnRow');

const odds = z.object({ of: z.number(), in: z.number() });

export const figuresSchema = z
	.object({
		headline: z.object({ kind: z.enum(['break_even', 'ratio']), followedUp: z.int(), needed: z.int() }),
		breakEven: z
			.object({
				event: z.enum(eventCodes),
				state: z.enum(['at', 'always', 'never', 'no-effect']),
				odds: odds.nullable(),
				chance: share().nullable(),
				low: share().nullable(),
				high: share().nullable(),
				assumedChance: share()
			})
			.openapi({ description: 'At which chance of the event the help pays, by the full count.' }),
		ways: waysSchema,
		adjustments: list(
			z.object({
				adjustment: z.enum(['deadweight', 'attribution', 'displacement', 'persistence']),
				state: z.enum(['estimated', 'partly', 'not-estimated', 'not-needed']),
				rows: z.int(),
				of: z.int()
			})
		),
		frees: list(
			z.object({
				payer: z.string(),
				nowCents: amount(),
				laterCents: amount(),
				capacityCents: amount(),
				notCents: amount(),
				unknownCents: amount(),
				perEuro: z.number().nullable()
			})
		),
		paths: z.object({ looming: list(amount()), proposed: list(amount()), inputsCents: amount() }),
		parties: list(
			z.object({
				party: z.string(),
				...{ paidCents: amount(), preventedCents: amount(), extraCents: amount(), gainedCents: amount(), freesCents: amount() }
			})
		).openapi({ description: 'Who puts in, who is spared what, and to whom a cost moved, by code of payer.' }),
		movedCents: amount().nullable().openapi({ description: 'What only moved elsewhere, as estimated; null when all of it did.' }),
		years: z.object({ cents: list(amount()), roundedCents: amount(), totalCents: amount() }),
		rows: list(rowSchema).openapi({ description: 'Every row behind the figures, with its price and source.' }),
		conventions: z
			.record(z.string(), z.unknown())
			.openapi({ description: 'How it was counted: discount rate, first year, kind of ratio, price year.' }),
		seed: z.int(),
		draws: z.int(),
		priceYears: list(z.int()),
		warnings: list(z.string()),
		reference: z.record(z.string(), z.unknown()).openapi({ description: 'Ratios in published reports, to set beside the full one.' })
	})
	.openapi('ReturnFigures');

/** Who paid and who gained, told per organisation. */
export const organisationPartySchema = z
	.object({
		who: z
			.discriminatedUnion('kind', [
				z.object({ kind: z.literal('organisation'), organisationId: z.uuid(), name: z.string() }),
				z.object({
					kind: z.literal('group'),
					of: z.string(),
					organisations: list(z.object({ organisationId: z.uuid(), name: z.string() }))
				}),
				z.object({ kind: z.literal('payer'), code: z.string() })
			])
			.openapi({ description: 'One organisation of that kind; several, of which nobody can say which; or a payer outside the network.' }),
		codes: list(z.string()).openapi({ description: 'The codes of payer that are told here.' }),
		...{ paidCents: amount(), preventedCents: amount(), extraCents: amount(), gainedCents: amount(), freesCents: amount() }
	})
	.openapi('OrganisationParty');

export const returnSchema = z
	.object({
		valueMapId: z.uuid(),
		priceListId: z.uuid(),
		version: z.int().min(1),
		personId: z.uuid(),
		at: moment(),
		assumptions: list(
			z.object({
				name: z.enum(assumptionNames),
				value: z.int().nullable(),
				membershipId: z.uuid(),
				at: moment(),
				why: z.string().nullable()
			})
		).openapi({ description: 'Who stated each number that nobody knows, when, and why.' }),
		realised: z
			.object({ followUpId: z.uuid(), at: moment(), seed: z.int(), draws: z.int(), ways: summedWaysSchema })
			.nullable()
			.openapi({ description: 'As the newest check found it; null before that. Missing never counts as a success.' }),
		tried: z.boolean().openapi({ description: 'Whether other assumptions were asked for: then nothing of it was recorded.' }),
		organisations: list(organisationPartySchema).openapi({ description: 'Who paid and who gained, per organisation of the network.' }),
		facts: z.record(z.string(), z.unknown()).openapi({ description: 'What was recorded, as `recordValueMap` takes it.' }),
		figures: figuresSchema,
		byHorizon: list(z.object({ years: z.int(), ways: waysSchema }))
	})
	.openapi('Return');

export const priceListSchema = z
	.object({
		priceListId: z.uuid(),
		prices: list(
			z.object({
				code: z.string(),
				nameNl: z.string(),
				nameEn: z.string(),
				unit: z.string(),
				amountCents: amount(),
				lowCents: amount().nullable(),
				highCents: amount().nullable(),
				year: z.int().nullable(),
				payer: z.string(),
				contains: list(z.string()),
				frees: z
					.enum(['now', 'later', 'capacity', 'not'])
					.nullable()
					.openapi({ description: 'How it becomes money when it does not occur; null: not known, and then it counts as not freeing.' }),
				freesWhyNl: z.string().nullable(),
				freesWhyEn: z.string().nullable(),
				freesBy: z.string().nullable(),
				freesOn: z.iso.date().nullable(),
				source: z.string(),
				url: z.string()
			})
		)
	})
	.openapi('PriceList');
