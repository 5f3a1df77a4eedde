import { error } from '@sveltejs/kit';
import { read } from '#foundation/command/reading.server.ts';
import { say } from '#foundation/text/say.server.ts';
import { isUnderWay } from '#rooms/cases/rules.ts';
import { useLesson } from '#rooms/chain/lessons/commands.server.ts';
import { lessonsFor, listUsed } from '#rooms/chain/lessons/read.server.ts';
import { chosenForm } from '#rooms/chain/lessons/rules.ts';
import { getCaseTable } from '#rooms/table/read.server.ts';
import { act, actorOf, found } from '../../../../../../form.server.ts';
import type { Actions, PageServerLoad } from './$types.js';

/** How others did what is promised here: lessons of like form, to take over. */
export const load: PageServerLoad = async (event) => {
	const { installation, locale } = event.locals;
	const actor = actorOf(event);
	const table = found(await getCaseTable(installation, actor, event.params.id));
	const agreement = table.agreements.find((entry) => entry.agreementId === event.params.agreement);
	if (!agreement) error(404);
	const what = table.words.get(agreement.versionId)?.get('agreement')?.text ?? '';
	const form = chosenForm(event.url);
	return {
		title: say(locale, 'lesson.for_agreement'),
		pseudonym: table.facts.pseudonym,
		what,
		lessonForm: form,
		mine: agreement.personId === actor.personId && isUnderWay(table.state),
		...(await read(installation, actor, async (tx) => ({
			lessons: await lessonsFor(tx, actor, { form, text: what }),
			used: await listUsed(tx, actor, agreement.agreementId)
		}))),
		key: installation.world.id()
	};
};

export const actions: Actions = {
	default: (event) =>
		act(event, useLesson, {
			form: 'use',
			input: (fields) => ({ lessonId: fields['lessonId'], agreementId: event.params.agreement }),
			to: () => event.url.pathname + event.url.search
		})
};
