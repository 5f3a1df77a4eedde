import type { BodyKind } from '../bodies/rules.ts';

/** So many days a calendar reads by one link. */
export const linkDays = 400;

/** How far back the own agenda goes in a calendar: what was moved or cancelled in the last month is told too. */
export const backMs = 31 * 86_400_000;

/** A meeting as a calendar keeps it. */
export interface CalendarEvent {
	/** The same for as long as it is the same meeting. */
	readonly uid: string;
	/** Higher each time that it is moved or cancelled: a calendar takes the newest. */
	readonly sequence: number;
	readonly changedAt: Date;
	readonly startsAt: Date;
	readonly endsAt: Date;
	readonly title: string;
	readonly place: string;
	readonly cancelled: boolean;
	readonly url: string;
}

/** `20270328T003000Z`: always UTC, so that no change of the clock moves it. */
const utc = (moment: Date): string => moment.toISOString().replace(/[-:]|\.\d{3}/g, '');

/** Text as iCalendar has it (RFC 5545, 3.3.11): backslash, comma, semicolon and line end are said. */
const said = (text: string): string =>
	text
		.replace(/[\\;,]/g, String.raw`\$&`)
		.replace(/\r\n|\r|\n/g, String.raw`\n`)

		.replace(/[\u0000-\u0008\u000b-\u001f\u007f]/g, '');

/** A line of at most 75 octets, gone on with on the next; no character is cut in two. */
function folded(line: string): string {
	const lines: string[] = [];
	let now = '';
	for (const character of line) {
		if (Buffer.byteLength(now) + Buffer.byteLength(character) > 75) {
			lines.push(now);
			now = ' ';
		}
		now += character;
	}
	return [...lines, now].join('\r\n');
}

/** A calendar file (RFC 5545). */
export const icsOf = (events: readonly CalendarEvent[]): string =>
	[
		'BEGIN:VCALENDAR',
		'VERSION:2.0',
		'PRODID:-//Loopplank//Loopplank//NL',
		'CALSCALE:GREGORIAN',
		'METHOD:PUBLISH',
		...events.flatMap((event) => [
			'BEGIN:VEVENT',
			`UID:${event.uid}`,
			`SEQUENCE:${event.sequence}`,
			`DTSTAMP:${utc(event.changedAt)}`,
			`DTSTART:${utc(event.startsAt)}`,
			`DTEND:${utc(event.endsAt)}`,
			`SUMMARY:${said(event.title)}`,
			...(event.place === '' ? [] : [`LOCATION:${said(event.place)}`]),
			`URL:${event.url}`,
			`STATUS:${event.cancelled ? 'CANCELLED' : 'CONFIRMED'}`,
			'END:VEVENT'
		]),
		'END:VCALENDAR',
		''
	]
		.map(folded)
		.join('\r\n');

/** Meetings as a calendar keeps them. Of a case table it says no more than that it is one. */
export const eventsOf = (
	meetings: readonly {
		readonly meetingId: string;
		readonly bodyId: string;
		readonly name: string;
		readonly kind: BodyKind;
		readonly state: 'called' | 'cancelled';
		readonly startsAt: Date;
		readonly endsAt: Date;
		readonly place: string;
		readonly changes: number;
		readonly changedAt: Date;
	}[],
	of: { readonly base: string; readonly caseTable: string }
): CalendarEvent[] =>
	meetings.map((meeting) => ({
		...{ uid: `${meeting.meetingId}@loopplank`, sequence: meeting.changes, changedAt: meeting.changedAt },
		...{ startsAt: meeting.startsAt, endsAt: meeting.endsAt, place: meeting.place, cancelled: meeting.state === 'cancelled' },
		title: meeting.kind === 'case_table' ? of.caseTable : meeting.name,
		url: `${of.base}/overleg/${meeting.bodyId}/${meeting.meetingId}`
	}));
