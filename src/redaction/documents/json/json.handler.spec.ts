import fc from 'fast-check';
import { taskWith } from '../docx/testing/task.js';
import { JsonHandler } from './json.handler.js';

const handler = new JsonHandler();
const redacted = async (text: string, changes: Parameters<typeof taskWith>[0] = {}): Promise<string> =>
  Buffer.from((await handler.redact(Buffer.from(text), taskWith(changes))).bytes).toString();

describe('JSON', () => {
  it.each([
    ['{ "a" : "Zebulon\\u0020Quackenbush" , "n" : 1.50 }', '{ "a" : "[SEARCH_TERM]" , "n" : 1.50 }'],
    ['{"Zebulon Quackenbush": 1, "zebulon quackenbush": 2}', '{"[SEARCH_TERM]": 1, "[SEARCH_TERM]_2": 2}'],
    [
      '{"ssn": 219099999, "id": 219099999, "other": 219099997}',
      '{"ssn": "[SSN_REDACTED]", "id": "[SSN_REDACTED]", "other": 219099997}',
    ],
    ['["/?n=Zebulon%20Quackenbush"]', '["/?n=[SEARCH_TERM]"]'],
    ['"\\"219-09-9999\\""', '"\\"[SSN_REDACTED]\\""'],
    ['\ufeff["219-09-9999"]', '\ufeff["[SSN_REDACTED]"]'],
    ['{"a":1,"a":"219-09-9999"}', '{"a":1,"a":"[SSN_REDACTED]"}'],
    [' [ ] ', ' [ ] '],
  ])('%s becomes %s', async (text, expected) => expect(await redacted(text)).toBe(expected));

  it.each(['', '{"a": 1', '{"a": 1}x', "{'a': 1}", '[1,]', '{"a": "219-09-99', 'NaN'])(
    '%j is refused',
    async (text) => {
      await expect(redacted(text)).rejects.toMatchObject({ code: 'DOCUMENT_INVALID' });
      await expect(handler.inspect(Buffer.from(text), taskWith())).rejects.toMatchObject({
        code: 'DOCUMENT_INVALID',
      });
    },
  );

  it('is refused when it is nested too deeply', async () => {
    await expect(redacted('['.repeat(2_000) + ']'.repeat(2_000))).rejects.toMatchObject({
      code: 'DOCUMENT_TOO_COMPLEX',
    });
  });

  it('stays JSON and leaks nothing, wherever values stand', async () => {
    const leaf = fc.constantFrom('219-09-9999', 'x Zebulon Quackenbush', 'plain', 'é"\\', 7, null, true);
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: 'small' },
        leaf,
        fc.array(tie('tree')),
        fc.dictionary(fc.constantFrom('k', 'Zebulon Quackenbush', '219-09-9999'), tie('tree')),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(tree, async (value) => {
        const text = await redacted(JSON.stringify(value));
        expect(text).not.toMatch(/219-09|Zebulon|Quackenbush/);
        expect(typeof JSON.parse(text)).toBe(typeof value);
      }),
      { numRuns: 200 },
    );
  });
});
