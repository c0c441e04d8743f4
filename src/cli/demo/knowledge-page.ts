import { StartError } from '../../platform/errors/start-error.js';
import type { KnowledgeClient, SourceCitation } from './knowledge-client.js';
import type { Palette } from './palette.js';
import { heading } from './sample-page.js';
import { wrap } from './spans.js';

const WIDTH = 63;

const DOCUMENTS = {
  'brakes.md': `# Brakes

## Honda

Pads BP1087 fit the Honda Civic of 2016 to 2021. They come in sets of four.

## Ford

Pads BP2240 fit the Ford F-150 of 2021.
`,
  'returns.txt': `Parts that do not fit are taken back within thirty days, unused and in their box.

The buyer pays for sending them back, unless we sent the wrong part.
`,
  'prices.csv': `part,what,price
BP1087,pads for the Honda Civic,49.90 EUR a set
BP2240,pads for the Ford F-150,74.50 EUR a set
`,
} as const;

const QUESTIONS = ['Which pads fit a 2019 Honda Civic?', 'Who pays for sending parts back?'];

const wrapped = (text: string): string[] =>
  wrap([{ text }], WIDTH).map((spans) => spans.map((span) => span.text).join(''));

const place = ({ filename, start, end }: SourceCitation): string => `${filename}, characters ${start}–${end}`;

/**
 * Three documents, and questions that are answered from them with the places where it stands.
 * @throws StartError when a document is not indexed, or an answer is not in it
 */
export async function knowledgePage(client: KnowledgeClient, palette: Palette): Promise<string[]> {
  const base = await client.create('Parts');
  for (const [name, text] of Object.entries(DOCUMENTS)) await client.add(base, name, text);
  const answers: string[] = [];
  for (const question of QUESTIONS) {
    const { text, citations } = await client.ask(base, question);
    const [first] = citations;
    if (!first || !text.includes(first.text))
      throw new StartError('The demo ends: a question was not answered from the documents.');
    const [line = '', ...more] = text.split('\n').flatMap((said) => wrapped(said));
    answers.push(
      `  ${palette.bold('Asked')}     ${question}`,
      `  ${palette.bold('Answered')}  ${line}`,
      ...more.map((next) => `            ${next}`),
      ...citations.map((citation) => `  ${palette.bold('From')}      ${palette.faint(place(citation))}`),
      '',
    );
  }
  return [
    heading('Answers that say where they stand', palette),
    `  ${palette.faint('Three documents, indexed by the worker; their texts lie sealed.')}`,
    '',
    ...answers,
  ];
}
