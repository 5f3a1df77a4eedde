import { describe, expect, test } from 'vitest';
import { isPlainAddress, letterHtml } from './letter.ts';

describe('addresses', () => {
	test.each(['anna@voorbeeld.nl', "o'neil+pot@sub.voorbeeld.nl", 'zoë@bücher.example'])('%s is plain', (address) => {
		expect(isPlainAddress(address)).toBe(true);
	});
	test.each([
		'',
		'anna',
		'@voorbeeld.nl',
		'anna@',
		'anna@voorbeeld.nl, piet@voorbeeld.nl',
		'anna@voorbeeld.nl;piet@voorbeeld.nl',
		'Anna <anna@voorbeeld.nl>',
		'anna@voorbeeld.nl\r\nBcc: piet@voorbeeld.nl',
		'anna@voorbeeld.nl\n',
		'anna\u0000@voorbeeld.nl',
		'anna@b@c.nl',
		'groep:anna@voorbeeld.nl',
		'anna\u200b@voorbeeld.nl',
		`${'a'.repeat(65)}@voorbeeld.nl`,
		`a@${'b'.repeat(254)}`
	])('%j is not', (address) => {
		expect(isPlainAddress(address)).toBe(false);
	});
});

describe('a letter as HTML', () => {
	test('says its language, keeps paragraphs and lines, and makes links of addresses', () => {
		const html = letterHtml('nl', 'Een brief', 'Dag.\n\nKlik hier:\nhttps://pot.voorbeeld.nl/in?a=1&b=2\n\nOf niet.');
		expect(html).toContain('<html lang="nl">');
		expect(html).toContain('<title>Een brief</title>');
		expect(html).toContain('<p>Dag.</p>');
		expect(html).toContain(
			'<p>Klik hier:<br>\n<a href="https://pot.voorbeeld.nl/in?a=1&#38;b=2">https://pot.voorbeeld.nl/in?a=1&#38;b=2</a></p>'
		);
	});

	test('a full stop after a link is not part of it', () => {
		expect(letterHtml('en', 'x', 'See https://pot.example/a. Bye')).toContain(
			'<a href="https://pot.example/a">https://pot.example/a</a>. Bye'
		);
	});

	test('what someone typed stays text', () => {
		const html = letterHtml('nl', '</title><script>', '<img src=x onerror=alert(1)> & https://x.nl/"onclick="a javascript:alert(1)');
		expect(html).not.toContain('<script');
		expect(html).not.toContain('<img');
		expect(html).not.toContain('"onclick');
		expect(html).not.toContain('href="javascript');
	});
});
