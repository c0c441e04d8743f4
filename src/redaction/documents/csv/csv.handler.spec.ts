import { taskWith } from '../docx/testing/task.js';
import { CsvHandler } from './csv.handler.js';

const redacted = async (text: string, changes: Parameters<typeof taskWith>[0] = {}): Promise<string> =>
  Buffer.from((await new CsvHandler().redact(Buffer.from(text), taskWith(changes))).bytes).toString();

describe('CSV', () => {
  it('loses values of cells, and keeps every other byte', async () => {
    const text = 'who,number,note\r\n"Zebulon Quackenbush, ""Q""",219-09-9999,=1+1\r\n\r\n x , "" ,-5\r\n';
    expect(await redacted(text)).toBe(
      'who,number,note\r\n"[SEARCH_TERM], ""Q""",[SSN_REDACTED],=1+1\r\n\r\n x , "" ,-5\r\n',
    );
  });

  it('loses values of headers, and knows cells by their header and one another', async () => {
    expect(await redacted('ssn;Zebulon Quackenbush\n219099999;1\n219099998;2\n')).toBe(
      'ssn;[SEARCH_TERM]\n[SSN_REDACTED];1\n[SSN_REDACTED];2\n',
    );
    expect(await redacted('ssn,remark\n219099999,see 219099999\n')).toBe(
      'ssn,remark\n[SSN_REDACTED],see [SSN_REDACTED]\n',
    );
  });

  it.each(['=A1', '+x', '-x', '@x', '\tx'])('makes no formula of the placeholder %j', async (placeholder) => {
    expect(await redacted('a,b\n219-09-9999,=219-09-9999\n', { placeholders: { placeholder } })).toBe(
      `a,b\n'${placeholder},=${placeholder}\n`,
    );
  });

  it('makes no formula by taking away what stood before', async () => {
    expect(await redacted('a,b\n219-09-9999=1,x\n', { placeholders: { placeholder: '' } })).toBe(
      "a,b\n'=1,x\n",
    );
  });

  it('is refused when it is malformed', async () => {
    await expect(redacted('a,"b')).rejects.toMatchObject({ code: 'DOCUMENT_INVALID' });
    await expect(redacted('a,"b"c\n')).rejects.toMatchObject({ code: 'DOCUMENT_INVALID' });
  });
});
