import fc from 'fast-check';
import iconv from 'iconv-lite';
import { taskWith } from '../docx/testing/task.js';
import { TextHandler } from './text.handler.js';

const SSN = '219-09-9999';
const redacted = async (
  text: string,
  changes: Parameters<typeof taskWith>[0] = {},
  name: 'txt' | 'md' = 'txt',
) => Buffer.from((await new TextHandler(name).redact(Buffer.from(text), taskWith(changes))).bytes).toString();

describe('plain text', () => {
  it.each([
    [`a ${SSN}\r\nb`, 'a [SSN_REDACTED]\r\nb'],
    ['Zebulon\nQuackenbush', '[SEARCH_TERM]'],
    ['ZEBULON\u00a0QUACKEN\u00adBUSH!', '[SEARCH_TERM]!'],
    ['His SSN is 219099999. Number 219099999.', 'His SSN is [SSN_REDACTED]. Number [SSN_REDACTED].'],
    ['see ?who=Zebulon%20Quackenbush&x=1', 'see ?who=[SEARCH_TERM]&x=1'],
    ['"\\u005aebulon Quackenbush"', '"[SEARCH_TERM]"'],
    ['nothing  here\t\n', 'nothing  here\t\n'],
    ['', ''],
  ])('%j becomes %j', async (text, expected) => expect(await redacted(text)).toBe(expected));

  it('is searched as Markdown shows it', async () => {
    expect(await redacted('see **Zebulon** _Quackenbush_ and 219\\-09\\-9999.', {}, 'md')).toBe(
      'see **[SEARCH_TERM]_ and [SSN_REDACTED].',
    );
    expect(await redacted('&#90;ebulon&nbsp;Quackenbush', {}, 'md')).toBe('[SEARCH_TERM]');
  });

  it('keeps its encoding', async () => {
    const text = `Größe der Straße, süß, grüßt alle ${SSN}`;
    const { bytes } = await new TextHandler('txt').redact(iconv.encode(text, 'windows-1252'), taskWith());
    expect(iconv.decode(Buffer.from(bytes), 'windows-1252')).toBe(
      'Größe der Straße, süß, grüßt alle [SSN_REDACTED]',
    );
    const marked = Buffer.from(`\ufeff${text}`, 'utf16le');
    const utf16 = await new TextHandler('txt').redact(marked, taskWith());
    expect(Buffer.from(utf16.bytes).toString('utf16le')).toBe(
      '\ufeffGröße der Straße, süß, grüßt alle [SSN_REDACTED]',
    );
  });

  it('is told in the report and inspected', async () => {
    const handler = new TextHandler('md');
    const bytes = Buffer.from(`${SSN} Zebulon Quackenbush ${SSN}`);
    const { report } = await handler.redact(bytes, taskWith());
    expect(report).toMatchObject({
      format: 'md',
      pages: null,
      redactions: 3,
      entities: [
        { type: 'SSN', count: 2, pages: [] },
        { type: 'SEARCH_TERM', count: 1, pages: [] },
      ],
    });
    expect(report.verification.checks.map(({ passed }) => passed)).toEqual([true, true, true]);
    const { findings } = await handler.inspect(bytes, taskWith());
    expect(findings.map(({ type, text }) => [type, text])).toEqual([
      ['SSN', SSN],
      ['SEARCH_TERM', 'Zebulon Quackenbush'],
      ['SSN', SSN],
    ]);
  });

  it('refuses regions and what is no text', async () => {
    const regions = [{ x: 0, y: 0, width: 1, height: 1 }];
    await expect(redacted('x', { regions })).rejects.toMatchObject({ code: 'REGIONS_UNSUPPORTED' });
    const picture = Buffer.from('89504e470d0a1a0a0000000d', 'hex');
    await expect(new TextHandler('txt').inspect(picture, taskWith())).rejects.toMatchObject({
      code: 'DOCUMENT_UNDECODABLE',
    });
  });

  it('is withheld when the detector never has enough', async () => {
    const detector = {
      *find({ text }: { text: string }) {
        const at = text.search(/[a-z](?=\d)/);
        yield;
        if (at < 0) return [];
        const explanation = { recognizer: 'x', rule: 'x', baseScore: 1 };
        return [{ type: 'X', start: at, end: at + 1, score: 1, explanation }];
      },
    };
    const task = { ...taskWith({ placeholders: { placeholder: '(ab)' } }), detector };
    await expect(new TextHandler('txt').redact(Buffer.from('a1b2c3d4e5f6g7h8'), task)).rejects.toMatchObject({
      code: 'REDACTION_UNVERIFIED',
    });
  });

  it('never leaks what was planted', async () => {
    const plant = fc.constantFrom(SSN, 'Zebulon Quackenbush', 'zebulon.q@example.com', '4111 1111 1111 1111');
    const other = fc.constantFrom('alpha', '\n', ' ', 'é', '😀', '. ', '**', '%20', '\\', '&amp;', '_');
    await fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.oneof(
            other,
            plant.map((value) => ` ${value} `),
          ),
        ),
        async (pieces) => {
          for (const name of ['txt', 'md'] as const) {
            const text = await redacted(pieces.join(''), {}, name);
            for (const value of [SSN, 'Zebulon', 'Quackenbush', 'zebulon.q', '4111 1111'])
              expect(text).not.toContain(value);
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});
