import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { answerNo } from './answer.ts';
import { sayLocally } from './words.ts';

/** `loopplank paper opzet|keten --blank -o FILE`: a blank workbook, to print before there is a network. Of a network they are made by who is signed in. */
export function register(program: Command): void {
	program
		.command('paper')
		.description(sayLocally('cli.paper'))
		.argument('<kind>', sayLocally('cli.paper.kind'))
		.requiredOption('-o, --output <file>', sayLocally('cli.paper.output'))
		.option('--blank', sayLocally('cli.paper.blank'), true)
		.option('--lang <language>', sayLocally('cli.paper.lang'), 'nl')
		.action(async (kind: string, { output, lang }: { output: string; lang: string }) => {
			const { paperWords } = await import('#rooms/meetings/papers/rules.ts');
			const { chainPaperWord } = await import('#rooms/chain/papers/rules.ts');
			if ((kind !== paperWords.set_up && kind !== chainPaperWord) || (lang !== 'nl' && lang !== 'en'))
				program.error(sayLocally('cli.paper.kind'), { exitCode: 2 });
			const { getBlankChainPaper } = await import('#rooms/chain/papers/read.server.ts');
			const { getBlankSetUp } = await import('#rooms/meetings/papers/read.server.ts');
			const { endPapers } = await import('#foundation/paper/paper.server.ts');
			try {
				const made = await (kind === chainPaperWord ? getBlankChainPaper(lang) : getBlankSetUp(lang));
				if (!made.ok) return answerNo({}, { problem: made.refusal }, sayLocally(`refusal.${made.refusal.code}`));
				await writeFile(output, made.value);
				process.stderr.write(`${sayLocally('cli.paper.done', { file: output })}\n`);
			} finally {
				await endPapers();
			}
		});
}
