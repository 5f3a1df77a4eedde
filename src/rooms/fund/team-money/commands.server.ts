import { sql } from 'kysely';
import { command } from '#foundation/command/command.server.ts';
import { ok, refuse, refuseFields } from '#foundation/outcome.ts';
import type { Outcome } from '#foundation/outcome.ts';
import { confirmFundingSchema, fundTeamSchema } from './schema.ts';

/** The treasurer wants to give a team money to spend. It goes when another has confirmed it. */
export const fundTeam = command({
	act: 'team.fund',
	schema: fundTeamSchema,
	async run(deed, input): Promise<Outcome<{ fundingId: string }>> {
		deed.about('team', input.teamId);
		const { networkId, personId, membershipId, roles } = deed.actor;
		if (!roles.includes('treasurer')) return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const team = await deed.tx
			.selectFrom('team')
			.select('teamId')
			.where('networkId', '=', networkId)
			.where('teamId', '=', input.teamId)
			.executeTakeFirst();
		if (!team) return refuseFields([{ path: ['teamId'], code: 'not_a_choice' }]);
		const fundingId = deed.id();
		await deed.tx
			.insertInto('teamFunding')
			.values({ networkId, fundingId, teamId: input.teamId, amountCents: input.amount, personId, membershipId, at: deed.now })
			.execute();
		return ok({ fundingId });
	}
});

/** The second pair of eyes on money for a team: a treasurer, governor or one of the secretariat, and not who proposed it. */
export const confirmTeamFunding = command({
	act: 'team.confirm_fund',
	schema: confirmFundingSchema,
	async run(deed, input): Promise<Outcome<null>> {
		deed.about('funding', input.fundingId);
		const { roles } = deed.actor;
		if (!roles.includes('treasurer') && !roles.includes('secretariat') && !roles.includes('governor'))
			return refuse('not_allowed', { lift: { kind: 'role', role: 'treasurer' } });
		const { rows } = await sql<{
			answer: string;
		}>`select app.fund_team(${input.fundingId}, ${deed.id()}, ${input.answer}) as answer`.execute(deed.tx);
		switch (rows[0]?.answer) {
			case 'done':
				return ok(null);
			case 'same_eyes':
				return refuse('other_eyes', { lift: { kind: 'role', role: 'treasurer' } });
			case 'too_small':
				return refuse('pot_too_small', { lift: { kind: 'role', role: 'treasurer' } });
			case 'over':
				return refuse('already_answered');
			default:
				return refuse('not_found');
		}
	}
});
