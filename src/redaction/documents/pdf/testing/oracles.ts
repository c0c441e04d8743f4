import { execFile, spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FRAGMENTS } from './planted.js';

const run = promisify(execFile);
const SCRIPT = join(__dirname, 'oracles.sh');
const NONE = '-';
const CONTEXT = 60;

/** A file to be looked at. */
export interface Subject {
  readonly path: string;
  readonly password?: string;
  /** Whether qpdf is to say if the file is sound. */
  readonly checked?: boolean;
}

/** Where a planted value, or a part of it, was found. */
export interface Trace {
  /** `pdftotext`, `mutool`, `trace` (every glyph drawn), `pdfinfo`, `bytes` (of the file), `qpdf` (all of it decoded). */
  readonly oracle: string;
  readonly fragment: string;
  /** What stands around it; its carrier's label is among it. */
  readonly context: string;
}

/** What other programs read in one file. */
export interface Answers {
  /** By oracle: everything it showed, in lower case, without white space, in every encoding it may be in. */
  readonly haystacks: ReadonlyMap<string, string>;
  /** The text of all pages, by poppler and by MuPDF. */
  readonly texts: { readonly poppler: string; readonly mupdf: string };
  /** Verdict of `qpdf --check`, where it was asked: 0 is sound, 3 has warnings. */
  readonly check: { readonly status: number; readonly said: string };
}

/** Lets the programs look at every file, two at a time, in one call. Their answers lie beside the files. */
export async function askOracles(subjects: readonly Subject[]): Promise<void> {
  const args = subjects.flatMap(({ path, password, checked }) => [
    path,
    password ?? NONE,
    checked ? 'check' : NONE,
  ]);
  await feed('xargs', ['-P', '2', '-n', '3', 'sh', SCRIPT], args.join('\n'));
}

/** What {@link askOracles} left beside a file. */
export async function readAnswers(path: string): Promise<Answers> {
  const [bytes, qdf, poppler, mupdf, trace, info, check, status] = await Promise.all(
    ['', '.qdf', '.pdftotext', '.mutool', '.trace', '.pdfinfo', '.check', '.check-status'].map((ending) =>
      readFile(`${path}${ending}`).catch(() => Buffer.alloc(0)),
    ),
  );
  const text = (buffer: Buffer | undefined) => (buffer ?? Buffer.alloc(0)).toString('utf8');
  return {
    haystacks: new Map([
      ['pdftotext', squeeze(text(poppler))],
      ['mutool', squeeze(text(mupdf))],
      ['trace', squeeze(glyphsOf(text(trace)))],
      ['pdfinfo', squeeze(text(info))],
      ['bytes', everyEncoding(bytes)],
      ['qpdf', everyEncoding(qdf)],
    ]),
    texts: { poppler: text(poppler), mupdf: text(mupdf) },
    check: { status: Number(text(status)), said: text(check) },
  };
}

/** Every trace of planted values, or of the given fragments of them. */
export function tracesOf({ haystacks }: Answers, fragments: readonly string[] = FRAGMENTS): Trace[] {
  return [...haystacks].flatMap(([oracle, haystack]) =>
    fragments.flatMap((fragment) => {
      const at = haystack.indexOf(squeeze(fragment));
      if (at < 0) return [];
      return [{ oracle, fragment, context: haystack.slice(Math.max(0, at - CONTEXT), at + CONTEXT) }];
    }),
  );
}

/** Oracles that show a whole text. */
export const oraclesThatShow = ({ haystacks }: Answers, text: string): string[] =>
  [...haystacks].filter(([, haystack]) => haystack.includes(squeeze(text))).map(([oracle]) => oracle);

/** How often each character that is no white space occurs. */
export function charactersOf(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const character of text.replaceAll(/\s/gu, ''))
    counts.set(character, (counts.get(character) ?? 0) + 1);
  return counts;
}

/** What one text has over another, as a sorted string of characters. */
export function surplus(over: Map<string, number>, under: Map<string, number>): string {
  const more = [...over].map(([character, count]) =>
    character.repeat(Math.max(0, count - (under.get(character) ?? 0))),
  );
  return more.sort().join('');
}

/** Runs a program to its end with what it reads from its standard input. @throws Error when it fails */
export function feed(program: string, args: readonly string[], input: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['pipe', 'ignore', 'ignore'] });
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`${program} ended with ${code}`)),
    );
    child.stdin.end(input);
  });
}

/** Runs a program to its end. @throws Error when it fails */
export async function execute(program: string, args: readonly string[]): Promise<void> {
  await run(program, args);
}

/** Every glyph that is drawn anywhere, off the page and under a clip too. */
const glyphsOf = (trace: string): string =>
  [...trace.matchAll(/ unicode="([^"]+)"/g)].map(([, character]) => character).join('');

const squeeze = (text: string) => text.replaceAll(/\s/g, '').toLowerCase();

/** Bytes as Latin-1, as UTF-16 without its zeroes, and as the hexadecimal strings and names among them say. */
function everyEncoding(bytes: Buffer | undefined): string {
  const latin = (bytes ?? Buffer.alloc(0)).toString('latin1');
  const narrow = latin.replaceAll('\0', '');
  const strings = [...latin.matchAll(/<([0-9A-Fa-f\s]{8,})>/g)].map(([, hex = '']) =>
    Buffer.from(hex.replaceAll(/\s/g, ''), 'hex').toString('latin1').replaceAll('\0', ''),
  );
  const names = [...latin.matchAll(/\/\S*#[0-9A-Fa-f]{2}\S*/g)].map(([name]) =>
    name.replaceAll(/#([0-9A-Fa-f]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
  );
  return [narrow, ...strings, ...names].map(squeeze).join('\n');
}
