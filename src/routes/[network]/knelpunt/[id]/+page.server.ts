import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { findCauseOverview, listIntake } from '#rooms/causes/overview/read.server.ts';
import { lastMonths } from '#rooms/causes/overview/rules.ts';
import { listLetters, listWriters } from '#rooms/causes/letters/read.server.ts';
import { findStandingPublication } from '#rooms/causes/publication/read.server.ts';
import { causeName, outsideResponsibles, responsibleColumns } from '#rooms/causes/rules.ts';
import { getSignalRule } from '#rooms/causes/signal-rule/read.server.ts';
import { agreeChange, askOther, declineSignal, putInForce, takeUpSignal } from '#rooms/causes/signals/commands.server.ts';
import { sitsWithCause } from '#rooms/causes/signals/read.server.ts';
import { asksOther, mayAct, mayAskOther, passesOnOwn } from '#rooms/causes/signals/rules.ts';
import { listYearly } from '#rooms/causes/yearly/read.server.ts';
import { getNetwork, listOrganisationNames, listOrganisations } from '#rooms/network/read.server.ts';
import { listNames } from '#rooms/people/read.server.ts';
import { act, actorOf, present } from '../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** One cause: its line over time, who goes about it, and what was done since. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	return await read(installation, actor, async (tx, now) => {
		const cause = await findCauseOverview(tx, actor, now, event.params.id);
		if (!cause) error(404);
		const { responsible, signal } = cause;
		const asks =
			signal !== null &&
			asksOther(signal.state, responsible) &&
			!passesOnOwn(responsible, actor) &&
			mayAskOther(actor.roles, await sitsWithCause(tx, cause.causeId));
		const current = responsibleColumns(responsible);
		const others = asks
			? [
					...(await listOrganisations(tx, actor, now)).map(({ organisationId, name }) => ({ value: organisationId, label: name })),
					...outsideResponsibles.map((outside) => ({ value: outside as string, label: say(locale, `outside.${outside}`) }))
				].filter(({ value }) => value !== current.organisationId && value !== current.outside)
			: null;
		const today = dayAt(now);
		const letters = await listLetters(tx, actor.networkId, { causeId: cause.causeId });
		return {
			title: causeName((key) => say(locale, key), cause),
			cause,
			letters,
			writers: await listWriters(tx, actor, letters),
			network: await getNetwork(tx, actor),
			rule: await getSignalRule(tx),
			names: await listOrganisationNames(tx, actor),
			others,
			publication: (await findStandingPublication(tx, actor.networkId, cause.causeId))?.state ?? null,
			people: await listNames(
				tx,
				actor,
				(cause.signal?.events ?? []).flatMap((entry) => entry.membershipId ?? [])
			),
			/** What parties agree on about it for a year; what was taken back or ended is left to its own page. */
			yearly: (await listYearly(tx, actor.networkId, { causeId: cause.causeId })).filter(
				({ state }) => state !== 'withdrawn' && state !== 'ended'
			),
			use: lastMonths(await listIntake(tx), today, 6),
			mayAct: mayAct(responsible, actor),
			now,
			today,
			inAMonth: addDays(today, 30),
			key: installation.world.id()
		};
	});
};

const signalId = (fields: Record<string, string>) => fields['signalId'];
const here = (event: { params: { network: string; id: string } }) => `/${event.params.network}/knelpunt/${event.params.id}`;

export const actions: Actions = {
	takeUp: (event) =>
		act(event, takeUpSignal, {
			form: 'takeUp',
			input: (fields) =>
				present({ signalId: signalId(fields), dueOn: fields['dueOn'] ?? '', words: fields['words'], proof: fields['proof'] }),
			to: () => here(event)
		}),
	decline: (event) =>
		act(event, declineSignal, {
			form: 'decline',
			input: (fields) => present({ signalId: signalId(fields), words: fields['words'] ?? '', proof: fields['proof'] }),
			to: () => here(event)
		}),
	askOther: (event) =>
		act(event, askOther, {
			form: 'askOther',
			input: (fields) => ({ signalId: signalId(fields), responsible: fields['responsible'] ?? '' }),
			to: () => here(event)
		}),
	agreeChange: (event) =>
		act(event, agreeChange, {
			form: 'agreeChange',
			input: (fields) =>
				present({ signalId: signalId(fields), words: fields['words'] ?? '', dueOn: fields['dueOn'] ?? '', proof: fields['proof'] }),
			to: () => here(event)
		}),
	putInForce: (event) =>
		act(event, putInForce, {
			form: 'putInForce',
			input: (fields) =>
				present({ signalId: signalId(fields), words: fields['words'] ?? '', changedOn: fields['changedOn'] ?? '', proof: fields['proof'] }),
			to: () => here(event)
		})
};
