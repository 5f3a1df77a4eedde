// What every page of someone who is signed in does with script; without it nothing is missed.

// The key "/" leads to the search box.
const box = document.getElementById('zoek');
if (box instanceof HTMLInputElement) {
	box.placeholder = box.dataset.keyPlaceholder ?? box.placeholder;
	document.addEventListener('keydown', (event) => {
		const typing = event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]') !== null;
		if (event.key !== '/' || event.ctrlKey || event.metaKey || event.altKey || typing) return;
		event.preventDefault();
		box.focus();
	});
}

// Drafts on this device are gone after signing out, and after some days (draft-store.js).
document.querySelector('form[data-sign-out]')?.addEventListener('submit', () => indexedDB.deleteDatabase('loopplank-drafts'));
if ('databases' in indexedDB)
	void indexedDB.databases().then(async (known) => {
		if (known.some(({ name }) => name === 'loopplank-drafts')) await (await import('./draft-store.js')).cleanOld();
	});
