// Documents that a proof has redacted, each recognised by a number that stays, and what became of them.
import { PDFDocument, StandardFonts } from '@cantoo/pdf-lib';
import { fromBuffer } from 'yauzl';
import { CANARIES } from './file-canaries.mjs';

const FORMATS = ['txt', 'json', 'csv', 'pdf'];

const DIGITS = 'zero one two three four five six seven eight nine'.split(' ');

/** The words that stay, by which a redacted document is known to be that of its original: a number in digits may be a case's. */
const markOf = (number) => `copy ${[...String(number)].map((digit) => DIGITS[digit]).join(' ')} remains`;

const linesOf = (number, random) =>
  Array.from({ length: 5 + random.below(60) }, (_, line) =>
    line % 3 === 0 ? `Seen by ${CANARIES.content} on day ${line}.` : `${markOf(number)}, line ${line}.`,
  );

async function pdfOf(lines) {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  document.setAuthor(CANARIES.content);
  for (let first = 0; first < lines.length; first += 25) {
    const page = document.addPage([595, 842]);
    lines.slice(first, first + 25).forEach((line, row) => {
      page.drawText(line, { x: 60, y: 780 - row * 28, size: 11, font });
    });
  }
  return Buffer.from(await document.save());
}

const MAKERS = {
  txt: (lines) => Buffer.from(lines.join('\n')),
  json: (lines) => Buffer.from(JSON.stringify({ notes: lines, doctor: CANARIES.content })),
  csv: (lines) => Buffer.from(`number,note\n${lines.map((line, row) => `${row},"${line}"`).join('\n')}\n`),
  pdf: pdfOf,
};

/** @returns `{name, bytes}`; the name holds a canary too */
export async function documentOf(number, random) {
  const format = FORMATS[number % FORMATS.length];
  const bytes = await MAKERS[format](linesOf(number, random));
  return { name: `${CANARIES.name} ${number}.${format}`, bytes };
}

const entriesOf = (zip) =>
  new Promise((resolve, reject) => {
    const entries = [];
    fromBuffer(zip, { lazyEntries: true }, (error, opened) => {
      if (error) return reject(error);
      const next = () => opened.readEntry();
      opened.on('error', reject);
      opened.on('end', () => resolve(entries));
      opened.on('entry', (entry) =>
        opened.openReadStream(entry, async (failed, stream) => {
          if (failed) return reject(failed);
          const bytes = Buffer.concat(await stream.toArray());
          entries.push({ name: entry.fileName, bytes });
          next();
        }),
      );
      next();
    });
  });

async function textOf({ name, bytes }) {
  if (!name.endsWith('.pdf')) return bytes.toString('utf8');
  const { extractText, getDocumentProxy } = await import('unpdf');
  return (await extractText(await getDocumentProxy(new Uint8Array(bytes)), { mergePages: true })).text;
}

/** The number that {@link markOf} has put into a text, -1 where there is none. */
function numberIn(text) {
  const words = /copy ((?:[a-z]+ )+)remains/.exec(text)?.[1]?.trim().split(' ') ?? [];
  return words.length === 0 ? -1 : Number(words.map((word) => DIGITS.indexOf(word)).join(''));
}

/**
 * Looks into a ZIP of redacted documents.
 * @returns faults: a document that is missing, there twice, or still holds what was to be removed
 */
export async function faultsOfZip(zip, count) {
  const faults = [];
  const seen = new Map();
  for (const entry of await entriesOf(zip)) {
    const text = (await textOf(entry)).replaceAll(/\s+/g, ' ');
    const number = numberIn(text);
    seen.set(number, (seen.get(number) ?? 0) + 1);
    const words = [...CANARIES.content.split(/[ -]/), CANARIES.name];
    if (words.some((word) => text.includes(word) || entry.name.includes(word)))
      faults.push(`document ${number} still holds what was to be removed`);
  }
  for (let number = 0; number < count; number++)
    if (seen.get(number) !== 1) faults.push(`document ${number} is there ${seen.get(number) ?? 0} times`);
  return faults;
}
