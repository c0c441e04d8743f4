import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { carrier, type PdfFixture } from './fixture.js';
import { execute } from './oracles.js';
import { documentOf, line, PdfBuilder } from './page.js';
import { NAME, SSN } from './planted.js';

const KEPT = 'This sentence stays as it is.';
const LATIN = 'latin1';

const simple = (label: string, value = NAME) =>
  documentOf(line(`${label} ${value} ends`, 72, 700) + line(KEPT, 72, 72));

/** A second revision replaces the page's content; the first one's bytes stay in the file (ISO 32000-1, 7.5.6). */
function revised(): Buffer {
  const content = line(`REVISED ${NAME}`, 72, 700) + line(KEPT, 72, 72);
  const first = documentOf({ content, plain: true }).toString(LATIN);
  const [, contents = ''] = /\/Contents (\d+) 0 R/.exec(first) ?? [];
  const [, size = ''] = /\/Size (\d+)/.exec(first) ?? [];
  const [, root = ''] = /\/Root (\d+)/.exec(first) ?? [];
  const previous = /startxref\n(\d+)/.exec(first)?.[1] ?? '';
  const stream = line('Nobody is named here.', 72, 700) + line(KEPT, 72, 72);
  const body = `${contents} 0 obj\n<< /Length ${stream.length} >>\nstream\n${stream}\nendstream\nendobj\n`;
  const table =
    `xref\n${contents} 1\n${String(first.length).padStart(10, '0')} 00000 n \n` +
    `trailer\n<< /Size ${size} /Root ${root} 0 R /Prev ${previous} >>\nstartxref\n${first.length + body.length}\n%%EOF\n`;
  return Buffer.from(first + body + table, LATIN);
}

/** Encrypts by qpdf: passwords, then the key's length in bits. */
async function encrypted(
  document: Uint8Array,
  user: string,
  owner: string,
  bits: 40 | 128 | 256,
): Promise<Buffer> {
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-encrypted-'));
  try {
    const [plain, sealed] = [join(folder, 'plain.pdf'), join(folder, 'sealed.pdf')];
    await writeFile(plain, document);
    const weak = bits === 256 ? [] : ['--allow-weak-crypto'];
    await execute('qpdf', [...weak, '--encrypt', user, owner, String(bits), '--', plain, sealed]);
    return await readFile(sealed);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const OWNER = 'owner-3f9c';
const USER = 'user-7b21';

/** Nodes of a page tree that are children of each other. */
function pageTreeLoop(): Buffer {
  const builder = new PdfBuilder();
  builder.page({ content: line(KEPT, 72, 72) });
  const node = builder.pdf.add(
    `<< /Type /Pages /Count 1 /Parent ${builder.tree} 0 R /Kids [${builder.tree} 0 R] >>`,
  );
  builder.finish();
  builder.pdf.set(builder.tree, `<< /Type /Pages /Count 2 /Kids [${node} 0 R ${builder.tree} 0 R] >>`);
  return builder.pdf.toBytes(builder.catalog);
}

/** A document whose objects are whole and whose table is not there: readers search for the objects. */
function withoutTable(): Buffer {
  const text = simple('REBUILT').toString(LATIN);
  const cut = text.indexOf('\nxref\n');
  const [, trailer = ''] = /(trailer\n<<.*>>)/.exec(text) ?? [];
  return Buffer.from(`${text.slice(0, cut)}\n${trailer}\n%%EOF\n`, LATIN);
}

const garbled = () =>
  simple('GARBLED').map((byte, index) => (index < 20 ? byte : (byte * 167 + index * 13) & 0xff));

const bad = (name: string, make: PdfFixture['make'], refused: PdfFixture['refused']): PdfFixture => ({
  name,
  make,
  carriers: [],
  kept: [],
  ...(refused && { refused }),
});

const readable = (
  name: string,
  label: string,
  make: PdfFixture['make'],
  more: Partial<PdfFixture> = {},
): PdfFixture => ({ name, make, carriers: [carrier(label, NAME)], kept: [KEPT, label], ...more });

export const STRUCTURE: readonly PdfFixture[] = [
  {
    name: 'a value in an earlier revision',
    make: revised,
    carriers: [carrier('REVISED', NAME)],
    kept: [KEPT, 'Nobody is named here.'],
    reports: { removed: ['earlier_revisions'] },
  },
  {
    name: 'bytes before the header and after the end',
    make: () =>
      Buffer.concat([
        Buffer.from(`BEFORE ${NAME}\n`),
        simple('FRAMED'),
        Buffer.from(`AFTER ${SSN}\n${Buffer.from(`AFTER-WIDE ${NAME}`, 'utf16le').toString(LATIN)}`, LATIN),
      ]),
    carriers: [
      carrier('BEFORE', NAME),
      carrier('AFTER', SSN),
      carrier('AFTER-WIDE', NAME),
      carrier('FRAMED', NAME),
    ],
    kept: [KEPT, 'FRAMED'],
    reports: { removed: ['foreign_bytes'] },
  },
  readable('an owner password, 256 bits', 'OWNED', () => encrypted(simple('OWNED'), '', OWNER, 256), {
    reports: { removed: ['encryption'] },
  }),
  readable('an owner password, 40 bits', 'WEAKLY', () => encrypted(simple('WEAKLY'), '', OWNER, 40), {
    reports: { removed: ['encryption'] },
  }),
  readable(
    'a user password, and the right one given',
    'LOCKED',
    () => encrypted(simple('LOCKED'), USER, OWNER, 256),
    {
      policy: { documentPassword: USER },
      reports: { removed: ['encryption'] },
    },
  ),
  readable(
    'a user password, and the owner’s given',
    'MASTERED',
    () => encrypted(simple('MASTERED'), USER, OWNER, 128),
    {
      policy: { documentPassword: OWNER },
      reports: { removed: ['encryption'] },
    },
  ),
  readable('a password for a document that has none', 'OPEN', () => simple('OPEN'), {
    policy: { documentPassword: USER },
  }),
  readable('no table of its objects', 'REBUILT', withoutTable, { mayRefuse: 'DOCUMENT_DAMAGED' }),
];

/** Files that cannot be redacted, and what is said about each. */
export const BAD_FILES: readonly PdfFixture[] = [
  bad(
    'a user password and none given',
    () => encrypted(simple('NONE'), USER, OWNER, 256),
    'DOCUMENT_ENCRYPTED',
  ),
  {
    ...bad(
      'a user password and a wrong one given',
      () => encrypted(simple('WRONG'), USER, OWNER, 256),
      'DOCUMENT_PASSWORD_WRONG',
    ),
    policy: { documentPassword: 'not-it' },
  },
  bad('an empty file', () => Buffer.alloc(0), 'DOCUMENT_DAMAGED'),
  bad('a header alone', () => Buffer.from('%PDF-1.7\n'), 'DOCUMENT_DAMAGED'),
  bad('a file cut in the middle', () => simple('CUT').subarray(0, 500), 'DOCUMENT_DAMAGED'),
  bad('a garbled file', garbled, 'DOCUMENT_DAMAGED'),
  bad('a file that is no PDF', () => Buffer.from('PK\x03\x04 this is no PDF'), 'DOCUMENT_DAMAGED'),
  bad('a document without pages', () => documentOf(), 'DOCUMENT_EMPTY'),
  bad('a loop in the page tree', pageTreeLoop, 'DOCUMENT_DAMAGED'),
  bad('a page without anything', () => documentOf(''), undefined),
];
