/** Something the operators should know. Codes, numbers and ids; nothing personal. */
export interface JobEvent {
	readonly level: 'info' | 'warning' | 'error';
	readonly event: string;
	readonly [detail: string]: string | number;
}

export type Tell = (event: JobEvent) => void;

/** One line of JSON in the program's log. */
export const tellLog: Tell = (event) => {
	console.error(JSON.stringify({ time: new Date().toISOString(), ...event }));
};
