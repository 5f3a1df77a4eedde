import { idIn } from '../colleague.ts';
import { dayFromNow, today } from '../story.ts';
import type { Story } from '../story.ts';

const kpi = (title: string) => ({
	...{ code: 'tenant_rating', title, unit: 'cijfer', better: 'higher', baseline: 7, baselineOn: '2026-01-01' },
	steps: [{ aim: 8, dueOn: dayFromNow(300) }]
});

/** A project of two organisations: the agreement of their chain, its measures, the orders, and its end. */
const aProject: Story = {
	name: 'a project',
	acts: ['project.open', 'project.offer', 'project.answer', 'project.measure', 'project.count_orders', 'project.close'],
	async play({ office, next }) {
		const { governor, administrator } = office;
		const wish = { title: `Daken ${next()}`, part: 'client', membershipId: governor.person.membershipId, message: 'Doe je mee?' };
		const opened = await administrator.does('project.open', '/projects', wish);
		const path = `/projects/${idIn(opened, 'projectId')}`;
		await governor.does('seat.accept', `/invitations/${idIn(opened, 'invitationId')}/acceptance`);
		const offer = {
			...{ startsOn: today(), demand: 'Elke woning droog.', conflict: 'We bellen dezelfde dag.' },
			coordinators: [administrator.person.membershipId, governor.person.membershipId],
			kpis: ['Cijfer', 'Tijd', 'Kwaliteit'].map(kpi)
		};
		const versionId = idIn(await administrator.does('project.offer', `${path}/chain-agreements`, offer), 'versionId');
		await governor.does('project.answer', `${path}/chain-agreements/${versionId}/answer`, { answer: 'accepted' });
		const { measures } = (await governor.reads(path)) as { measures: readonly { kpiId: string }[] };
		const readings = measures.map(({ kpiId }) => ({ kpiId, value: 7.5, onDay: today() }));
		await governor.does('project.measure', `${path}/readings`, { readings });
		await governor.does('project.count_orders', `${path}/order-counts`, { untilDay: today(), orders: 20, checked: 10, remarks: 0 });
		await administrator.does('project.close', `${path}/closing`);
	}
};

export const chainStories: readonly Story[] = [aProject];
