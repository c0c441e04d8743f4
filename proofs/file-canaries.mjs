import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Words that stand nowhere else. The control lies in clear, so that a search which finds nothing at all is noticed. */
export const CANARIES = {
  name: 'Zebulon-Quackenbush-Biopsy',
  content: 'Ottilie Fizzlewick-Brambleby',
  control: 'Project Thistledown-Uncloaked',
};

const FILLER = 'The quick clerk filed nine plain pages about nothing in particular, and went home. ';

/** Text of about that many bytes in which the canary comes again and again, different every time. */
export function textWithCanaries(size, random) {
  const line = `${CANARIES.content} ${random.digits(12)} ${FILLER}`;
  return Buffer.from(line.repeat(Math.ceil(size / line.length)).slice(0, size), 'latin1');
}

/** What is looked for: as UTF-8, UTF-16, base64 at any offset, and hex. */
function formsOf(word) {
  const utf8 = Buffer.from(word, 'utf8');
  const base64 = [0, 1, 2].map((shift) => {
    const text = Buffer.concat([Buffer.alloc(shift), utf8]).toString('base64');
    return Buffer.from(text.slice(shift === 0 ? 0 : 4, -4), 'latin1');
  });
  const utf16 = Buffer.from(word, 'utf16le');
  const hex = utf8.toString('hex');
  return [
    utf8,
    utf16,
    Buffer.from(utf16).swap16(),
    ...base64,
    Buffer.from(hex),
    Buffer.from(hex.toUpperCase()),
  ];
}

const filesBelow = (folder) =>
  readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** A file may go while it is looked for: a database keeps house. */
function read(path) {
  try {
    return readFileSync(path);
  } catch {
    return Buffer.alloc(0);
  }
}

/**
 * Searches all bytes of all files below, and their names.
 * @returns `{files, found, control}`: how many were read, where a canary lies, whether the control was found
 */
export function findCanaries(folders) {
  const secret = [CANARIES.name, CANARIES.content].flatMap(formsOf);
  const control = Buffer.from(CANARIES.control);
  const result = { files: 0, found: [], control: false };
  for (const path of folders.flatMap(filesBelow)) {
    const bytes = Buffer.concat([Buffer.from(`${path}\n`), read(path)]);
    result.files++;
    if (secret.some((form) => bytes.includes(form))) result.found.push(path);
    if (bytes.includes(control)) result.control = true;
  }
  return result;
}
