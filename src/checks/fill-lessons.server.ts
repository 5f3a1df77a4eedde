import { makeAgreement } from '#rooms/agreements/commands.server.ts';
import { makeLesson, retireLesson, useLesson } from '#rooms/chain/lessons/commands.server.ts';
import { openSubjectRow } from './subject-row.server.ts';
import type { Scene } from './scene.server.ts';
import { sure } from './sure.ts';

/** A lesson of a project that was taken over in the case, and put away. */
export async function fillLessons(scene: Scene, caseId: string): Promise<void> {
	const { installation, actors } = scene;
	const { holder, seated } = actors;
	const projectId = await openSubjectRow(scene, 'project');
	const words = { form: 'fixed_contact', title: 'Een vaste monteur', did: 'Elke straat een monteur.', changed: 'Bewoners bellen eerder.' };
	const { lessonId } = sure(await makeLesson(installation, holder, { ...words, projectId }));
	const promise = { caseId, what: 'Ik kom elke week langs', dueOn: '2099-01-01', receiverId: holder.personId };
	const { agreementId } = sure(await makeAgreement(installation, seated, promise));
	sure(await useLesson(installation, seated, { lessonId, agreementId }));
	sure(await retireLesson(installation, holder, { lessonId }));
}
