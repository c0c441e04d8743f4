// Labelled texts from the templates.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { createRandom } from '../../bench/random.mjs';
import { SLOTS } from './slots.mjs';
import { readTemplates } from './templates.mjs';

/** How often a file of templates is taken, beside the number of its templates. */
const WEIGHT = { negatives: 1.5, negatives_more: 1.5, addresses: 2, languages: 1 };
/** Every tenth template of each file never trains: what is measured on those tells how much was learnt by heart. */
const HELD_OUT = 10;

const isHeldOut = (index) => index % HELD_OUT === HELD_OUT - 1;

/** Templates of a part: `train` or `held-out`. */
function templatesOf(part) {
  const files = readTemplates(SLOTS);
  return Object.entries(files).map(([file, templates]) => ({
    file,
    weight: WEIGHT[file] ?? 1,
    templates: templates.filter((_, index) => isHeldOut(index) === (part === 'held-out')),
  }));
}

function pickTemplate(random, files, total) {
  let left = random.next() * total;
  for (const { weight, templates } of files) {
    const share = weight * templates.length;
    if (left < share) return templates[Math.floor(left / weight)] ?? templates[0];
    left -= share;
  }
  return files[0].templates[0];
}

/** A text with its labelled spans, and those that patterns find; offsets are UTF-16 code units, end exclusive. */
export function fill(template, random) {
  let text = '';
  const spans = [];
  const patterns = [];
  for (const piece of template) {
    if (piece.text !== undefined) {
      text += piece.text;
      continue;
    }
    const { type, pattern, make } = SLOTS[piece.slot];
    const value = make(random);
    const span = { start: text.length, end: text.length + value.length };
    if (type) spans.push({ type, ...span });
    if (pattern) patterns.push({ type: pattern, ...span });
    text += value;
  }
  return { text, spans, patterns };
}

function joined(first, second, gap) {
  const offset = first.text.length + gap.length;
  const moved = (spans) =>
    spans.map(({ type, start, end }) => ({ type, start: start + offset, end: end + offset }));
  return {
    text: first.text + gap + second.text,
    spans: [...first.spans, ...moved(second.spans)],
    patterns: [...first.patterns, ...moved(second.patterns)],
  };
}

const sameLength = (text, changed) => (changed.length === text.length ? changed : text);

/** Careless writing: no capitals, capitals alone, no full stop. */
function roughened(example, random) {
  const { text, spans } = example;
  const style = random.next();
  if (style < 0.07) return { ...example, text: sameLength(text, text.toLowerCase()) };
  if (style < 0.08) return { ...example, text: sameLength(text, text.toUpperCase()) };
  const last = spans.at(-1)?.end ?? 0;
  if (style < 0.13 && /[.!?]$/.test(text) && last < text.length)
    return { ...example, text: text.slice(0, -1) };
  return example;
}

/** An endless row of labelled texts; the same for the same seed. */
export function* labelledTexts(seed, part = 'train') {
  const random = createRandom(seed);
  const files = templatesOf(part);
  const total = files.reduce((sum, { weight, templates }) => sum + weight * templates.length, 0);
  const next = () => roughened(fill(pickTemplate(random, files, total), random), random);
  for (;;) {
    let example = next();
    while (random.next() < 0.3)
      example = joined(example, next(), random.pick([' ', ' ', '\n', '\n\n', '  ']));
    yield example;
  }
}

const ROOT = new URL('../../', import.meta.url);
const PROSE = ['docs', 'src', 'bench', 'proofs', 'test'];
/** Paragraphs in which the project's own samples of personal data may stand. */
const SAMPLES =
  /[A-Z][a-z]+ (?:Smith|Doe|Lee|Müller|Pérez|García)|John|Jane|Anna|Maria|Alice|Bob\b|Berlin|Street|example\.(?:com|org)/;

/**
 * Files of the repository that train as text without personal data; those of the other half are measured on. Their names
 * decide, so that new files leave the old ones where they are.
 */
function neutralFiles(part) {
  const files = PROSE.flatMap((folder) =>
    readdirSync(new URL(`${folder}/`, ROOT), { recursive: true })
      .map((name) => `${folder}/${name}`)
      .filter(
        (name) =>
          /\.(?:md|ts|mjs|yaml)$/.test(name) &&
          !/spec|testing|fixtures|generated|word-lists|exclusions|samples|names\//.test(name),
      ),
  ).sort();
  return files.filter(
    (name) => (createHash('sha256').update(name).digest()[0] % 2 === 0) === (part === 'train'),
  );
}

/** Paragraphs of the repository's own files without any of its samples. */
export function neutralTexts(part) {
  return neutralFiles(part).flatMap((name) =>
    readFileSync(new URL(name, ROOT), 'utf8')
      .split(/\n\s*\n/)
      .filter((paragraph) => paragraph.length > 20 && paragraph.length < 2_000 && !SAMPLES.test(paragraph)),
  );
}
