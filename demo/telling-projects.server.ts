import { read } from '#foundation/command/reading.server.ts';
import { addDays, dayAt } from '#foundation/time/days.ts';
import { answerReport, makeAgreement, reportAgreement } from '#rooms/agreements/commands.server.ts';
import { acceptInvitation, inviteToTable } from '#rooms/cases/commands.server.ts';
import { answerChain, offerChain } from '#rooms/chain/agreement/commands.server.ts';
import { findChain } from '#rooms/chain/agreement/read.server.ts';
import { countOrders, measureProject } from '#rooms/chain/measures/commands.server.ts';
import { openProject } from '#rooms/chain/projects/commands.server.ts';
import { done } from './cast.ts';
import type { Cast } from './cast.ts';
import type { projectTold } from './stories/projects.ts';
import type { Event } from './telling.server.ts';

/** Work of two organisations: begun with one agreement, made into an agreement of the chain, and measured since. */
export function projectEvents({ installation, actor, clock }: Cast, told: typeof projectTold): Event[] {
	const [one, other, binds] = [actor(told.by), actor(told.asks), actor(told.binds)];
	const { chain } = told;
	/** The story's own day of today, whatever day it is told on. */
	const today = (): string => dayAt(installation.world.now());
	let projectId = '';
	const begins: Event = {
		day: told.day,
		async run() {
			const { title, veraSubject, message } = told;
			const wish = { title, veraSubject, part: 'client', membershipId: other.membershipId, message };
			const opened = done(await openProject(installation, one, wish));
			({ projectId } = opened);
			clock.on(told.day);
			done(await acceptInvitation(installation, other, { invitationId: opened.invitationId }));
		}
	};
	const promises = told.promises.flatMap((promise): Event[] => {
		const [promiser, receiver] = promise.by === told.by ? [one, other] : [other, one];
		let agreementId = '';
		const made: Event = {
			day: promise.day,
			async run() {
				const dueOn = addDays(today(), promise.dueIn);
				const wish = { caseId: projectId, what: promise.what, dueOn, receiverId: receiver.personId };
				({ agreementId } = done(await makeAgreement(installation, promiser, wish)));
			}
		};
		if (!('kept' in promise)) return [made];
		const { day, words } = promise.kept;
		const kept: Event = {
			day,
			async run() {
				done(await reportAgreement(installation, promiser, { agreementId, outcome: 'kept', words }));
				clock.on(day);
				done(await answerReport(installation, receiver, { agreementId, answer: 'confirmed' }));
			}
		};
		return [made, kept];
	});
	let versionId = '';
	const offers: Event = {
		day: chain.day,
		async run() {
			const { membershipId } = binds;
			const invited = done(await inviteToTable(installation, one, { caseId: projectId, membershipId, message: told.bindsMessage }));
			clock.on(chain.day);
			done(await acceptInvitation(installation, binds, invited));
			const baselineOn = addDays(today(), -30);
			const kpis = chain.kpis.map(({ readings: _, steps, ...kpi }) => ({
				...{ ...kpi, baselineOn },
				steps: steps.map(({ aim, ...step }) => ({
					aim,
					...('dueIn' in step ? { dueOn: addDays(today(), step.dueIn) } : {}),
					...('homes' in step ? { homes: step.homes } : {})
				}))
			}));
			const { demand, conflict } = chain;
			const wish = { projectId, startsOn: addDays(today(), chain.startsIn), demand, conflict, kpis };
			const coordinators = [one.membershipId, other.membershipId];
			({ versionId } = done(await offerChain(installation, other, { ...wish, coordinators })));
		}
	};
	const answers: Event = {
		day: chain.answered,
		async run() {
			done(await answerChain(installation, binds, { projectId, versionId, answer: 'accepted' }));
		}
	};
	const days = [...new Set(chain.kpis.flatMap(({ readings }) => readings.map(({ day }) => day)))];
	const measured = days.map((day): Event => ({
		day,
		async run() {
			const { current } = await read(installation, one, (tx) => findChain(tx, one, projectId));
			const readings = chain.kpis.flatMap(({ title, readings: all }) =>
				all
					.filter((reading) => reading.day === day)
					.map(({ value }) => ({ kpiId: current?.kpis.find((kpi) => kpi.title === title)?.kpiId ?? '', value, onDay: today() }))
			);
			done(await measureProject(installation, other, { projectId, readings }));
		}
	}));
	const counted = told.orders.map(({ day, ...orders }): Event => ({
		day,
		async run() {
			done(await countOrders(installation, one, { projectId, untilDay: today(), ...orders }));
		}
	}));
	return [begins, ...promises, offers, answers, ...measured, ...counted];
}
