// A form that loses nothing. It keeps a draft on this device while someone types and offers it back later; when the line drops, it says so and
// sends again, with the same key, so that the work is done once. Without this script the form is sent the plain way.
import { openDrafts, possible } from './draft-store.js';

/** Milliseconds without an answer after which the line counts as lost. */
const patience = 20_000;
/** Milliseconds after the last letter before the draft is kept. */
const rest = 300;

/**
 * @template {Element} E
 * @param {string} selector
 * @param {new () => E} kind
 * @returns {E}
 */
function part(selector, kind) {
	const found = document.querySelector(selector);
	if (!(found instanceof kind)) throw new Error(`The page has no ${selector}`);
	return found;
}

const form = part('form[data-draft]', HTMLFormElement);
const key = part('form[data-draft] [name="key"]', HTMLInputElement);
const offer = part('[data-draft-offer]', HTMLElement);
const lost = part('[data-draft-lost]', HTMLElement);
/** What the server showed: a refused form brings what was typed back by itself. */
const drafts = possible() ? await openDrafts(form.dataset.draft ?? '') : undefined;

/** @returns {Record<string, string>} */
function typed() {
	/** @type {Record<string, string>} */
	const values = {};
	for (const [name, value] of new FormData(form))
		if (name !== 'key' && name !== 'acknowledged' && typeof value === 'string') values[name] = value;
	return values;
}

// One after the other: a slow save never comes after the removal of the same draft.
/** @type {Promise<void>} */
let work = Promise.resolve();
/** @param {() => Promise<void> | undefined} task */
const next = (task) => {
	work = work.then(task, task);
	return work;
};
let handedIn = false;
let timer = 0;

function keep() {
	clearTimeout(timer);
	timer = 0;
	void next(async () => {
		if (drafts === undefined || handedIn) return;
		const values = typed();
		const empty = Object.values(values).every((value) => value.trim() === '');
		await (empty ? drafts.remove(key.value) : drafts.save(key.value, values));
	});
}
form.addEventListener('input', () => {
	clearTimeout(timer);
	timer = setTimeout(keep, rest);
});
document.addEventListener('visibilitychange', () => {
	if (document.visibilityState === 'hidden' && timer !== 0) keep();
});

/** Offers the newest draft that is not this form. */
async function offerNewest() {
	const draft = (await drafts?.list())?.find(({ id }) => id !== key.value);
	offer.hidden = draft === undefined;
	if (draft === undefined) return;
	const time = part('[data-draft-offer] time', HTMLTimeElement);
	time.dateTime = draft.savedAt.toISOString();
	time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: 'long', timeStyle: 'short' }).format(
		draft.savedAt
	);
	part('[data-draft-resume]', HTMLButtonElement).onclick = () => {
		key.value = draft.id;
		for (const [name, value] of Object.entries(draft.values)) {
			const field = form.elements.namedItem(name);
			if (field instanceof RadioNodeList || field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement) field.value = value;
		}
		offer.hidden = true;
		part('form[data-draft] textarea', HTMLTextAreaElement).focus();
	};
	part('[data-draft-discard]', HTMLButtonElement).onclick = () => void next(() => drafts?.remove(draft.id)).then(offerNewest);
}

/** @typedef {'line' | 'signed_out' | 'trouble'} Loss */

/**
 * Sends the form and says what came of it: the address to go to, a refusal, or what went wrong on the way.
 * @returns {Promise<{ to: string } | 'refused' | Loss>}
 */
async function send() {
	let response;
	try {
		response = await fetch(form.action, {
			method: 'POST',
			headers: { accept: 'application/json', 'x-sveltekit-action': 'true' },
			body: new URLSearchParams(/** @type {[string, string][]} */ ([...new FormData(form)])),
			cache: 'no-store',
			signal: AbortSignal.timeout(patience)
		});
	} catch (error) {
		// The browser's words for "no answer": a TypeError when the line is gone, a TimeoutError when it is too slow.
		if (error instanceof TypeError || (error instanceof DOMException && error.name === 'TimeoutError')) return 'line';
		throw error;
	}
	if (response.status === 401) return 'signed_out';
	if (!(response.headers.get('content-type') ?? '').includes('json')) return 'trouble';
	/** @type {{ type?: string, location?: string }} */
	const result = await response.json();
	if (result.type === 'redirect' && result.location?.startsWith('/')) return { to: result.location };
	return result.type === 'failure' ? 'refused' : 'trouble';
}

let sending = false;
form.addEventListener('submit', (event) => {
	event.preventDefault();
	if (sending) return;
	sending = true;
	lost.hidden = true;
	form.setAttribute('aria-busy', 'true');
	if (timer !== 0) keep();
	void hand().finally(() => {
		sending = false;
		form.removeAttribute('aria-busy');
	});
});

async function hand() {
	const came = await send();
	if (typeof came === 'object') {
		handedIn = true;
		await next(() => drafts?.remove(key.value)).finally(() => location.assign(came.to));
	} else if (came === 'refused') {
		// The plain way shows the page with each mistake beside its field; the same key, so that nothing is done twice.
		form.submit();
	} else {
		for (const sentence of lost.querySelectorAll('[data-loss]'))
			if (sentence instanceof HTMLElement) sentence.hidden = sentence.dataset.loss !== came;
		lost.hidden = false;
		lost.focus();
	}
}

await offerNewest();
