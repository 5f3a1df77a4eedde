import { say } from '#foundation/text/say.server.ts';
import type { PageServerLoad } from './$types.js';

export const load: PageServerLoad = ({ locals }) => ({ title: say(locals.locale, 'thanks.title') });
