// The button that copies a text: there only where the browser can. Without this script one selects the text, or downloads it.

for (const button of /** @type {NodeListOf<HTMLButtonElement>} */ (document.querySelectorAll('button[data-copy]'))) {
	const text = /** @type {HTMLTextAreaElement | null} */ (document.getElementById(button.dataset.copy ?? ''));
	const told = /** @type {HTMLElement | null} */ (document.querySelector('[data-copied]'));
	if (!text || !navigator.clipboard) continue;
	button.closest('[hidden]')?.removeAttribute('hidden');
	button.addEventListener('click', async () => {
		await navigator.clipboard.writeText(text.value);
		if (told) told.textContent = told.dataset.copied ?? '';
	});
}
