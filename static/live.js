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

	async function readAgain() {
		waiting = undefined;
		if (document.hidden) return;
		if (isBusy()) return showBar();
		readAt = Date.now();
		const answer = await fetch(location.pathname + location.search, { headers: { accept: 'text/html' }, redirect: 'manual' });
		if (!answer.ok) return showBar();
		const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('inhoud');
		// Someone may have begun to type meanwhile.
		if (!fresh || isBusy()) return showBar();
		main.replaceChildren(...fresh.childNodes);
		say(place.dataset.refreshed ?? '');
	}
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
