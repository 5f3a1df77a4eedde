// A page on which people wait for each other hears that something changed, and reads itself again. Without script nothing is missed: the page
// shows what it shows, and is read again by hand.

const place = document.querySelector('[data-live]');
const main = document.getElementById('inhoud');

/** Milliseconds between two times that the page reads itself again. Each is a reading, and stands in the log as one. */
const pause = 3000;

if (place instanceof HTMLElement && main) {
	let touched = false;
	let source;
	let opened = false;
	let readAt = 0;
	let waiting;

	// Where someone types, chooses or has something open, nothing moves by itself.
	for (const kind of ['input', 'change']) document.addEventListener(kind, () => (touched = true), true);
	const isBusy = () =>
		touched || main.contains(document.activeElement) || main.querySelector('details[open], .notice--wrong, .field-error') !== null;

	const showBar = () => {
		const bar = place.querySelector('template');
		if (bar && !place.querySelector(':scope > p')) place.append(bar.content.cloneNode(true));
	};
	const say = (text) => {
		const line = document.createElement('span');
		line.className = 'hidden-but-read';
		line.textContent = text;
		place.querySelectorAll(':scope > :not(template)').forEach((old) => old.remove());
		place.append(line);
	};

	/** The page as it is now, or null when it cannot be read. */
	async function fetchPage() {
		readAt = Date.now();
		const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' }, redirect: 'manual' });
		return answer.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('inhoud') : null;
	}

	const wordsOf = (node) => node.textContent.replace(/\s+/g, ' ');
	const parts = () => [...main.querySelectorAll('[data-live-part]')];
	/** Reads anew what says that it may be while someone types elsewhere on the page. Answers whether more has changed than that. */
	function freshen(fresh) {
		for (const part of parts()) {
			const anew = fresh.querySelector(`[data-live-part="${part.dataset.livePart}"]`);
			if (anew && !part.contains(document.activeElement)) part.replaceChildren(...anew.cloneNode(true).childNodes);
		}
		return wordsOf(main) !== wordsOf(fresh);
	}

	/** What is typed and chosen in the forms of the page, to be put back into the same fields of a page that was read anew. */
	const fieldsOf = (root) =>
		[...root.querySelectorAll('form')].flatMap((form) =>
			[...form.elements]
				.filter((field) => field.name && !['hidden', 'submit', 'file', 'button'].includes(field.type))
				.map((field, index) => [`${form.getAttribute('action')} ${field.name} ${index}`, field])
		);
	function replace(fresh) {
		const typed = touched ? new Map(fieldsOf(main).map(([place, { value, checked }]) => [place, { value, checked }])) : new Map();
		main.replaceChildren(...fresh.childNodes);
		for (const [place, field] of fieldsOf(main)) {
			const before = typed.get(place);
			if (before)
				Object.assign(field, field.type === 'checkbox' || field.type === 'radio' ? { checked: before.checked } : { value: before.value });
		}
		say(place.dataset.refreshed ?? '');
	}

	async function readAgain() {
		waiting = undefined;
		if (document.hidden) return;
		if (isBusy() && parts().length === 0) return showBar();
		const fresh = await fetchPage();
		if (!fresh) return showBar();
		// Someone may have begun to type meanwhile.
		if (!isBusy()) replace(fresh);
		else if (freshen(fresh)) showBar();
	}

	// Who asks for the page as it is now keeps what they typed.
	place.addEventListener('click', (event) => {
		if (!touched || !(event.target instanceof HTMLAnchorElement)) return;
		event.preventDefault();
		const { href } = event.target;
		fetchPage()
			.then((fresh) => (fresh ? replace(fresh) : location.assign(href)))
			.catch(() => location.assign(href));
	});

	const onChange = () => {
		waiting ??= setTimeout(() => readAgain().catch(showBar), Math.max(0, readAt + pause - Date.now()));
	};

	function listen() {
		source = new EventSource(place.dataset.live);
		source.addEventListener('open', () => {
			// What happened while nobody listened is not known.
			if (opened) onChange();
			opened = true;
		});
		source.addEventListener('changed', onChange);
		source.addEventListener('ended', () => {
			source.close();
			showBar();
		});
	}
	const stop = () => source?.close();

	// A browser keeps few connections to one site: a page that is not looked at gives its own up.
	document.addEventListener('visibilitychange', () => (document.hidden ? stop() : listen()));
	addEventListener('pagehide', stop);
	addEventListener('pageshow', (event) => event.persisted && listen());
	if (!document.hidden) listen();
}
