import { readdirSync, readFileSync } from 'node:fs';

const FOLDER = new URL('./templates/', import.meta.url);
const SLOT = /\{([A-Za-z_]+)\}/g;

/** A template as pieces: plain text, and slots by name. */
function parse(line, slots) {
  const text = line.replaceAll('\\n', '\n').replaceAll('\\t', '\t');
  const pieces = [];
  let copied = 0;
  for (const match of text.matchAll(SLOT)) {
    if (!slots[match[1]]) continue;
    pieces.push({ text: text.slice(copied, match.index) }, { slot: match[1] });
    copied = match.index + match[0].length;
  }
  pieces.push({ text: text.slice(copied) });
  return pieces.filter(({ text: plain }) => plain !== '');
}

/** All templates by the file they stand in. */
export function readTemplates(slots) {
  const files = readdirSync(FOLDER)
    .filter((name) => name.endsWith('.txt'))
    .sort();
  return Object.fromEntries(
    files.map((name) => {
      const lines = readFileSync(new URL(name, FOLDER), 'utf8').split('\n');
      const templates = lines.filter((line) => line.trim() !== '' && !line.startsWith('# '));
      return [name.replace('.txt', ''), templates.map((line) => parse(line, slots))];
    }),
  );
}
