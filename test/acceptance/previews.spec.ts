import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import sharp from 'sharp';
import { unzip } from '../support/archive.js';
import { Client } from '../support/client.js';
import { fileForm, secretOf, upload } from '../support/files.js';
import { RedoubtProcess } from '../support/redoubt-process.js';
import { FONT_SIZE, PAGE, type PdfLine, picturePdf, textPdf } from '../support/sample-pdf.js';

const PASSWORD = 'correct horse battery staple';
const NAME = 'Zebulon Quackenbush';
const SSN = '078-05-1120';
const PATIENCE_MS = 60_000;

const NAMED: PdfLine = { text: `Patient: ${NAME}`, x: 60, y: 760 };
const NUMBERED: PdfLine = { text: `SSN: ${SSN}`, x: 60, y: 400 };
const HARMLESS: PdfLine = { text: 'The garden opens at nine.', x: 60, y: 200 };

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** Grey values of a part of a picture, given in fractions of the page. */
async function greysOf(png: Buffer, { x, y, width, height }: Box): Promise<number[]> {
  const picture = sharp(png);
  const { width: w, height: h } = await picture.metadata();
  const part = {
    left: Math.round(x * w),
    top: Math.round(y * h),
    width: Math.max(1, Math.floor(width * w)),
    height: Math.max(1, Math.floor(height * h)),
  };
  return [...(await picture.extract(part).flatten().greyscale().raw().toBuffer())];
}

/** Where a line stands, from its baseline to the height of its capitals. */
const boxOf = ({ x, y }: PdfLine, width: number): Box => ({
  x: x / PAGE.width,
  y: (PAGE.height - y - FONT_SIZE * 0.7) / PAGE.height,
  width: width / PAGE.width,
  height: (FONT_SIZE * 0.7) / PAGE.height,
});

const share = (greys: readonly number[], is: (grey: number) => boolean): number =>
  greys.filter(is).length / greys.length;

const isDark = (grey: number): boolean => grey < 40;
const isLight = (grey: number): boolean => grey > 215;

describe('previews and archives of redactions', () => {
  let redoubt: RedoubtProcess;
  let client: Client;
  let project: string;
  let guarded: string;

  beforeAll(async () => {
    redoubt = await RedoubtProcess.start({ REDOUBT_EPHEMERAL_PER_MINUTE: '1000' });
    client = new Client(redoubt.url, redoubt.adminKey);
    project = await newProject();
    guarded = await newProject({ password: PASSWORD });
  });
  afterAll(() => redoubt.dispose());

  const newProject = async (settings: object = {}): Promise<string> =>
    (await client.post('/api/v1/projects', { name: 'Previews', ...settings })).body.id;

  async function send(name: string, bytes: Buffer | string, projectId = project) {
    const { status, body } = await upload(client, fileForm(name, bytes, { project_id: projectId }));
    expect(status).toBe(201);
    return body as { document_id: string; file_id: string };
  }

  const preview = (id: string, body?: object) => client.post(`/api/v1/documents/${id}/preview`, body);
  const page = (id: string, body: object) => client.post(`/api/v1/documents/${id}/preview/page`, body);
  const refusal = ({
    status,
    body,
  }: {
    status: number;
    body: { error: { code: string; details: object } };
  }) => [status, body.error.code, body.error.details];

  async function redact(projectId: string, body: object = {}): Promise<void> {
    const asked = await client.post(`/api/v1/projects/${projectId}/redactions`, body);
    expect(asked.status).toBe(202);
    for (const until = Date.now() + PATIENCE_MS; Date.now() < until; await sleep(100)) {
      const { status, progress } = (await client.get(`/api/v1/jobs/${asked.body.id}`)).body;
      if (['queued', 'running'].includes(status)) continue;
      expect([status, progress.failed]).toEqual(['completed', 0]);
      return;
    }
    throw new Error('the redaction does not end');
  }

  describe('a preview', () => {
    let letter: string;

    beforeAll(async () => {
      letter = (await send('letter.pdf', await textPdf([NAMED, HARMLESS], [NUMBERED]))).document_id;
    });

    it('of a PDF says what would be removed, and where it is', async () => {
      const { status, body } = await preview(letter);
      expect([status, body]).toMatchObject([
        200,
        { document_id: letter, format: 'pdf', pages: 2, truncated: false },
      ]);
      const named = body.findings.find(({ type }: { type: string }) => type === 'PERSON_NAME');
      const numbered = body.findings.find(({ type }: { type: string }) => type === 'SSN');
      expect([named, numbered]).toMatchObject([
        { text: NAME, page: 1 },
        { text: SSN, page: 2 },
      ]);
      expect(body.counts).toEqual(
        expect.arrayContaining([
          { type: 'PERSON_NAME', count: 1 },
          { type: 'SSN', count: 1 },
        ]),
      );
      const [area] = numbered.areas as Box[];
      // The number stands behind its label, and its box around its digits.
      expect(area?.x).toBeGreaterThan(NUMBERED.x / PAGE.width);
      expect((area?.x ?? 0) + (area?.width ?? 0)).toBeLessThan(0.5);
      expect(area?.y).toBeCloseTo((PAGE.height - NUMBERED.y - FONT_SIZE) / PAGE.height, 1);
    });

    it('follows a policy of the request, search terms and regions included', async () => {
      const region = { page: 2, x: 0.5, y: 0.5, width: 0.25, height: 0.25 };
      const policy = { entities: ['SSN'], search_terms: ['the GARDEN'], regions: [region] };
      const { findings, counts } = (await preview(letter, { policy })).body;
      expect(counts.map(({ type }: { type: string }) => type).sort()).toEqual([
        'REGION',
        'SEARCH_TERM',
        'SSN',
      ]);
      const { page: _, ...area } = region;
      expect(findings).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ type: 'REGION', text: '', page: 2, areas: [area] }),
          expect.objectContaining({ type: 'SEARCH_TERM', text: 'The garden', page: 1 }),
        ]),
      );
    });

    it('of a text has no pages', async () => {
      const { document_id } = await send('note.txt', `Please call ${NAME}, SSN ${SSN}.`);
      const { body } = await preview(document_id);
      expect(body).toMatchObject({ format: 'txt', pages: null });
      expect(body.findings).toEqual(
        expect.arrayContaining([expect.objectContaining({ type: 'SSN', text: SSN, page: null, areas: [] })]),
      );
      expect(refusal(await page(document_id, { page: 1 }))).toEqual([
        422,
        'PAGES_UNSUPPORTED',
        { field: 'id', constraint: 'format', allowed: ['pdf'] },
      ]);
    });

    it('refuses what a redaction would refuse, and names the page', async () => {
      const png = await sharp({ create: { width: 300, height: 300, channels: 3, background: '#c04040' } })
        .png()
        .toBuffer();
      const picture = await send('picture.pdf', await picturePdf(png));
      expect(refusal(await preview(picture.document_id))).toEqual([
        422,
        'DOCUMENT_WITHOUT_TEXT',
        { field: 'id', constraint: 'redactable', page: 1 },
      ]);
      const broken = await send('broken.pdf', '%PDF-1.7\nand nothing that follows');
      expect(refusal(await preview(broken.document_id)).slice(0, 2)).toEqual([422, 'DOCUMENT_DAMAGED']);
      const image = await send('image.png', png);
      expect(refusal(await preview(image.document_id)).slice(0, 2)).toEqual([422, 'FORMAT_NOT_REDACTABLE']);
      expect((await preview('doc_00000000000000000000000000')).status).toBe(404);
      expect((await preview(letter, { policy: { entities: ['NO_SUCH_TYPE'] } })).status).toBe(400);
    });

    it('is entered in the audit log without a word of the document', async () => {
      await preview(letter, { policy: { entities: ['SSN'] } });
      const { body } = await client.get('/api/v1/audit-logs?action=document.previewed');
      expect(body.data[0]).toMatchObject({
        target_type: 'document',
        target_id: letter,
        project_id: project,
        counts: { entities: 1, SSN: 1 },
      });
      expect(JSON.stringify(body)).not.toMatch(/Zebulon|Quackenbush|078-05/);
      expect(redoubt.log).not.toMatch(/Zebulon|Quackenbush|078-05/);
    });
  });

  describe('the picture of a page', () => {
    let letter: string;
    /** Wide enough for the name, with its label left out. */
    const nameBox = { ...boxOf(NAMED, 100), x: 108 / PAGE.width };

    beforeAll(async () => {
      letter = (await send('pictured.pdf', await textPdf([NAMED, HARMLESS]))).document_id;
    });

    it('has boxes where something would be removed, and the text everywhere else', async () => {
      const { status, headers, bytes } = await page(letter, { page: 1 });
      expect([status, headers.get('content-type')]).toEqual([200, 'image/png']);
      expect(Number(headers.get('content-length'))).toBe(bytes.length);
      expect(bytes.subarray(0, 8)).toEqual(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
      const { width, height } = await sharp(bytes).metadata();
      expect([width, height]).toEqual([1000, expect.closeTo((1000 * PAGE.height) / PAGE.width, -1)]);
      expect(share(await greysOf(bytes, nameBox), isDark)).toBeGreaterThan(0.98);
      const kept = await greysOf(bytes, boxOf(HARMLESS, 120));
      expect(share(kept, isDark)).toBeGreaterThan(0.05);
      expect(share(kept, isLight)).toBeGreaterThan(0.4);
    });

    it('is as the page is where nothing is to be marked', async () => {
      const { bytes } = await page(letter, { page: 1, width: 600, marked: false });
      expect((await sharp(bytes).metadata()).width).toBe(600);
      const greys = await greysOf(bytes, nameBox);
      expect(share(greys, isLight)).toBeGreaterThan(0.4);
      expect(share(greys, isDark)).toBeGreaterThan(0.01);
      expect(share(greys, isDark)).toBeLessThan(0.4);
    });

    it('has the colour of the policy', async () => {
      const { bytes } = await page(letter, { page: 1, policy: { look: { color: '#ff0000' } } });
      const { width } = await sharp(bytes).metadata();
      const at = {
        left: Math.round((nameBox.x + 0.08) * width),
        top: Math.round(((PAGE.height - 764) / PAGE.width) * width),
      };
      const [red, green, blue] = await sharp(bytes)
        .extract({ ...at, width: 1, height: 1 })
        .removeAlpha()
        .raw()
        .toBuffer();
      expect([red, green, blue]).toEqual([255, 0, 0]);
    });

    it('is of a page that is there, and of a size that is allowed', async () => {
      expect(refusal(await page(letter, { page: 2 }))).toEqual([
        422,
        'PAGE_OUT_OF_RANGE',
        { field: 'page', constraint: 'maximum' },
      ]);
      for (const body of [{}, { page: 0 }, { page: 1, width: 99 }, { page: 1, width: 2001 }, { page: 1.5 }])
        expect((await page(letter, body)).status).toBe(400);
    });
  });

  it('a protected project opens for its password alone', async () => {
    const { document_id: id } = await send('secret.pdf', await textPdf([NAMED]), guarded);
    expect(refusal(await preview(id)).slice(0, 2)).toEqual([400, 'PASSWORD_REQUIRED']);
    const wrong = await preview(id, await secretOf(client, 'another stable of horses'));
    expect(refusal(wrong).slice(0, 2)).toEqual([400, 'INVALID_PASSWORD']);
    const right = await preview(id, await secretOf(client, PASSWORD));
    expect([right.status, right.body.findings[0]?.text]).toEqual([200, NAME]);
    const shown = await page(id, { page: 1, ...(await secretOf(client, PASSWORD)) });
    expect([shown.status, shown.headers.get('content-type')]).toEqual([200, 'image/png']);
    await redact(guarded, await secretOf(client, PASSWORD));
    const path = `/api/v1/projects/${guarded}/redactions/download`;
    expect(refusal(await client.post(path, {})).slice(0, 2)).toEqual([400, 'PASSWORD_REQUIRED']);
    const zip = await client.post(path, await secretOf(client, PASSWORD));
    expect((await unzip(zip.bytes)).map(({ entry }) => entry.fileName)).toEqual(['secret.pdf']);
  });

  describe('an archive', () => {
    let archived: string;
    const sent: { document_id: string; file_id: string }[] = [];
    const path = () => `/api/v1/projects/${archived}/redactions/download`;
    const redactedIdOf = async (id: string): Promise<string> =>
      (await client.get(`/api/v1/documents/${id}`)).body.redacted_file_id;

    beforeAll(async () => {
      archived = await newProject();
      const files: [string, Buffer | string][] = [
        ['Übersicht – März.pdf', await textPdf([NAMED, HARMLESS])],
        ['Maria Garcia.txt', `Patient: ${NAME}, SSN ${SSN}. The garden opens at nine.`],
        ['Robert Johnson.txt', 'The garden closes at ten. Robert Johnson was there.'],
        ['table.csv', `name,visits\n${NAME},3\n`],
      ];
      for (const [name, bytes] of files) sent.push(await send(name, bytes, archived));
    });

    it('of nothing is refused', async () => {
      expect(refusal(await client.post(path(), undefined)).slice(0, 2)).toEqual([422, 'NOTHING_TO_DOWNLOAD']);
    });

    it('holds every redacted file as it is downloaded alone', async () => {
      await redact(archived);
      const { status, headers, bytes } = await client.post(path(), undefined);
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('application/zip');
      expect(headers.get('content-disposition')).toBe(`attachment; filename="redacted-${archived}.zip"`);
      const files = await unzip(bytes);
      const expected = await Promise.all(
        sent.map(async ({ document_id }) => {
          const id = await redactedIdOf(document_id);
          const [{ body: file }, { bytes: alone }] = await Promise.all([
            client.get(`/api/v1/files/${id}`),
            client.post(`/api/v1/files/id/${id}/download`, undefined),
          ]);
          return { file, alone };
        }),
      );
      expect(files.map(({ content }) => content)).toEqual(expected.map(({ alone }) => alone));
      const names = expected.map(({ file }) => file.filename);
      // Both names are persons', so both files are called alike.
      expect(names[1]).toBe(names[2]);
      const [stem] = names[2].split('.txt');
      expect(files.map(({ entry }) => entry.fileName)).toEqual([
        'Übersicht – März.pdf',
        `${stem}.txt`,
        `${stem} (2).txt`,
        'table.csv',
      ]);
      expect(files.map(({ entry }) => entry.compressionMethod)).toEqual([0, 8, 8, 8]);
      for (const [index, { entry }] of files.entries()) {
        const made = Date.parse(expected[index]?.file.created_at);
        expect(Math.abs(entry.getLastModDate().getTime() - made)).toBeLessThan(2_000);
      }
      expect(['Zebulon', 'Garcia', 'Johnson'].some((word) => bytes.includes(word))).toBe(false);
      const { body } = await client.get('/api/v1/audit-logs?action=redaction.downloaded');
      expect(body.data[0]).toMatchObject({ target_id: archived, counts: { files: 4 } });
    });

    it('of some documents holds those, and names what has no redacted file', async () => {
      const some = await client.post(path(), { document_ids: [sent[3]?.document_id] });
      expect((await unzip(some.bytes)).map(({ entry }) => entry.fileName)).toEqual(['table.csv']);
      const fresh = await send('fresh.txt', 'New.', archived);
      const refused = await client.post(path(), { document_ids: [sent[3]?.document_id, fresh.document_id] });
      expect(refusal(refused).slice(0, 2)).toEqual([422, 'NOTHING_TO_DOWNLOAD']);
      expect(refused.body.error.message).toContain(fresh.document_id);
      const missing = ['doc_00000000000000000000000000'];
      expect(refusal(await client.post(path(), { document_ids: missing }))).toEqual([
        404,
        'NOT_FOUND',
        { field: 'document_ids[0]', constraint: 'exists' },
      ]);
      expect(
        (await client.post('/api/v1/projects/proj_00000000000000000000000000/redactions/download', {}))
          .status,
      ).toBe(404);
    });

    it('with a damaged file never ends as if it were whole', async () => {
      const store = join(redoubt.dataDir, 'files');
      const objects = () =>
        readdirSync(store, { recursive: true, encoding: 'utf8' })
          .map((name) => join(store, name))
          .filter((name) => statSync(name).isFile());
      const before = new Set(objects());
      const large = await send(
        'large.txt',
        `${'The garden opens at nine.\n'.repeat(60_000)}${SSN}\n`,
        archived,
      );
      const original = objects().filter((name) => !before.has(name));
      await redact(archived, { document_ids: [large.document_id] });
      const [object] = objects().filter((name) => !before.has(name) && !original.includes(name));
      const bytes = readFileSync(object ?? '');
      bytes.writeUInt8(bytes.readUInt8(bytes.length - 100) ^ 1, bytes.length - 100);
      writeFileSync(object ?? '', bytes);
      const answer = await fetch(redoubt.url + path(), {
        method: 'POST',
        headers: { authorization: `Bearer ${redoubt.adminKey}` },
      });
      expect(answer.status).toBe(200);
      await expect(answer.arrayBuffer()).rejects.toThrow(/terminated/);
      const alone = await client.post(path(), { document_ids: [sent[3]?.document_id] });
      expect((await unzip(alone.bytes)).length).toBe(1);
    });
  });
});
