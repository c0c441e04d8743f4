import { degrees, PDFDocument, rgb, StandardFonts } from '@cantoo/pdf-lib';
import sharp from 'sharp';
import { definePDFJSModule } from 'unpdf';
import { Detector } from '../../engine/detector.js';
import { DocumentFailure } from '../document-failure.js';
import type { DocumentTask, Step } from '../document-handler.js';
import { DEFAULT_LOOK, type DocumentPolicy } from '../document-policy.js';
import { PdfHandler } from './pdf.handler.js';
import type { Removal } from './pdf-ports.js';
import { PdfiumPool } from './pdfium/pdfium-pool.js';
import { PdfiumRedactor } from './pdfium-redactor.js';
import { readBySecondEngine } from './verification/second-engine.js';

// Jest can import no ES module at run time, so it is told where pdf.js lies and compiles it.
beforeAll(() => definePDFJSModule(() => import('../../../../node_modules/unpdf/dist/pdfjs.mjs')));

const EMAIL = 'zebulon@example.org';
const LINE = `Mail goes to ${EMAIL} every day.`;

interface Made {
  readonly lines?: readonly string[];
  readonly turned?: number;
  readonly covered?: boolean;
  /** Shows a picture beside the text. */
  readonly pictured?: boolean;
}

async function made({
  lines = [LINE],
  turned = 0,
  covered = false,
  pictured = false,
}: Made = {}): Promise<Uint8Array> {
  const document = await PDFDocument.create();
  const font = await document.embedFont(StandardFonts.Helvetica);
  const page = document.addPage([600, 800]);
  page.setRotation(degrees(turned));
  for (const [index, text] of lines.entries())
    page.drawText(text, { x: 60, y: 700 - index * 20, size: 12, font });
  if (covered) page.drawRectangle({ x: 50, y: 690, width: 400, height: 30, color: rgb(0, 0, 0) });
  if (pictured) {
    const picture = sharp({ create: { width: 8, height: 8, channels: 3, background: '#cde' } });
    const image = await document.embedPng(await picture.png().toBuffer());
    page.drawImage(image, { x: 50, y: 50, width: 500, height: 500 });
  }
  return document.save();
}

function task(policy: Partial<DocumentPolicy> = {}, steps: Step[] = []): DocumentTask {
  return {
    policy: { searchTerms: [], regions: [], strict: false, look: DEFAULT_LOOK, placeholders: {}, ...policy },
    detector: new Detector({ minScore: 0.4 }),
    progress: (step) => steps.push(step),
  };
}

const textOf = async (bytes: Uint8Array): Promise<string> =>
  (await readBySecondEngine(bytes, () => {})).join('\n');

describe('redacting a PDF', () => {
  const handler = new PdfHandler();

  it('removes what is found and nothing else, and says so', async () => {
    const { bytes, report } = await handler.redact(await made(), task());
    expect((await textOf(bytes)).replaceAll(/\s+/g, ' ')).toBe('Mail goes to every day.');
    expect(report).toMatchObject({
      format: 'pdf',
      pages: 1,
      redactions: 1,
      native_pages: 1,
      raster_pages: 0,
      characters_lost: 0,
      entities: [{ type: 'EMAIL', count: 1, pages: [{ page: 1, count: 1 }] }],
      verification: { passed: true },
      residual_risks: ['WIDTH_OF_GAPS'],
    });
    expect(JSON.stringify(report)).not.toContain('zebulon');
  });

  it('removes a value everywhere once it is found anywhere', async () => {
    const lines = [LINE, 'Even ZEBULON@EXAMPLE.ORG and zebulon (example) org.'];
    const { bytes, report } = await handler.redact(await made({ lines }), task());
    expect(await textOf(bytes)).not.toMatch(/zebulon/i);
    expect(report.redactions).toBe(3);
  });

  it.each([0, 90, 180, 270])(
    'removes what lies in a region of a page turned by %i degrees',
    async (turned) => {
      const bytes = await made({ lines: ['Upper line stays.', 'Lower line goes.'], turned });
      const { findings } = await handler.inspect(bytes, {
        ...task(),
        detector: new Detector({ minScore: 0.4, denyList: ['Lower line goes'] }),
      });
      const [region] = findings.flatMap(({ areas }) => areas);
      if (region === undefined) throw new Error('nothing to mark');
      const done = await handler.redact(bytes, task({ regions: [region] }));
      expect((await textOf(done.bytes)).replaceAll(/\s+/g, '')).toBe('Upperlinestays..');
      expect(done.report).toMatchObject({ regions: 1, redactions: 0 });
    },
  );

  it('writes placeholders into boxes that have room for them', async () => {
    const look = { color: '#ffcc00', label: true };
    const { bytes } = await handler.redact(
      await made(),
      task({ look, placeholders: { preserveContext: true } }),
    );
    expect(await textOf(bytes)).toContain('[EMAIL_1]');
  });

  it('makes pictures of pages under a strict policy', async () => {
    const { bytes, report } = await handler.redact(await made(), task({ strict: true }));
    expect((await textOf(bytes)).trim()).toBe('');
    expect(report).toMatchObject({ native_pages: 0, raster_pages: 1, residual_risks: ['NOT_SEARCHABLE'] });
  });

  it('keeps pictures that nobody has read, and says so, but not under a strict policy', async () => {
    const { report } = await handler.redact(await made({ pictured: true }), task());
    expect(report.residual_risks).toContain('IMAGES_NOT_READ');
    await expect(handler.redact(await made({ pictured: true }), task({ strict: true }))).rejects.toEqual(
      new DocumentFailure('DOCUMENT_WITHOUT_TEXT', 1),
    );
  });

  it('tells of every page in every stage', async () => {
    const steps: Step[] = [];
    await handler.redact(await made(), task({}, steps));
    expect(new Set(steps.map(({ stage }) => stage))).toEqual(
      new Set(['reading', 'finding', 'removing', 'verifying']),
    );
  });
});

describe('a redactor that cannot be trusted', () => {
  const real = new PdfiumRedactor(new PdfiumPool());
  const handing = (bytes: () => Promise<Uint8Array>) =>
    new PdfHandler({
      redactor: {
        remove: async (document, what): Promise<Removal> => ({
          ...(await real.remove(document, what)),
          bytes: await bytes(),
        }),
      },
    });

  it.each<[string, () => Promise<Uint8Array>]>([
    ['hands back what it was given', () => made()],
    ['only paints a box over it', () => made({ covered: true })],
    ['leaves a piece of a value', () => made({ lines: ['Mail goes to zebulo every day.'] })],
    ['hands out other pages', async () => (await PDFDocument.create()).save()],
    ['hands out no PDF', async () => Buffer.from('no PDF at all')],
  ])('that %s is withheld', async (_, bytes) => {
    await expect(handing(bytes).redact(await made(), task())).rejects.toEqual(
      new DocumentFailure('REDACTION_UNVERIFIED'),
    );
  });

  it('but one that does its work is not', async () => {
    const { bytes } = await real.remove(await made(), task());
    await expect(handing(async () => bytes).redact(await made(), task())).resolves.toBeDefined();
  });
});

describe('looking before redacting', () => {
  const handler = new PdfHandler();

  it('shows what would go and where', async () => {
    const region = { page: 1, x: 0.1, y: 0.5, width: 0.2, height: 0.1 };
    const { pages, findings } = await handler.inspect(await made(), task({ regions: [region] }));
    expect(pages).toBe(1);
    expect(findings).toMatchObject([
      {
        type: 'EMAIL',
        text: EMAIL,
        page: 1,
        areas: [{ x: expect.closeTo(0.216, 2), y: expect.closeTo(0.114, 2) }],
      },
      {
        type: 'REGION',
        confidence: 1,
        text: '',
        areas: [{ x: expect.closeTo(0.1), y: expect.closeTo(0.5) }],
      },
    ]);
  });

  it('draws a page, with boxes or as it is', async () => {
    const bytes = await made();
    const marked = await handler.render(
      bytes,
      task({ look: { color: '#ff0000', label: false } }),
      1,
      300,
      true,
    );
    expect([marked.width, marked.height]).toEqual([300, 400]);
    const plain = await handler.render(bytes, task(), 1, 300, false);
    const reds = await Promise.all(
      [marked, plain].map(async (image) => {
        const pixels = await sharp(image.bytes).raw().toBuffer();
        let red = 0;
        for (let at = 0; at < pixels.length; at += 3) if (pixels[at] === 255 && pixels[at + 1] === 0) red++;
        return red;
      }),
    );
    expect(reds[0]).toBeGreaterThan(100);
    expect(reds[1]).toBe(0);
  });

  it.each([0, 2])('has no page %i of one', async (page) => {
    await expect(handler.render(await made(), task(), page, 100, false)).rejects.toThrow(RangeError);
  });
});
