import type { JsonObject } from '../json.js';
import type { Resolution, TokenValue } from './conversation.js';
import { PassingConversation } from './passing-conversation.js';
import { asking, ShieldFixture } from './testing/shield-fixture.js';

const shield = new ShieldFixture({ secrets: ['s3cr3t-of-the-vault-123'] });
const TOKEN = /[A-Z][A-Z_]*-[0-9A-HJKMNP-TV-Z]{16}/g;

const chunk = (content: string, finish: string | null = null): JsonObject => ({
  choices: [{ index: 0, delta: { content }, finish_reason: finish }],
});

const textOf = (parts: readonly JsonObject[]): string =>
  (parts as unknown as { choices: { delta: { content?: string } }[] }[])
    .map(({ choices: [choice] }) => choice?.delta.content ?? '')
    .join('');

/** Shields a text, and offers the ways of answering it. */
async function asked(content: string, more: JsonObject = {}) {
  const { body, restorer } = await shield.shielded(asking(content, more));
  const sent = JSON.stringify(body);
  return {
    sent,
    tokens: [...new Set(sent.match(TOKEN) ?? [])],
    restorer,
    /** A message as it comes to the client. */
    answered(message: JsonObject): JsonObject {
      const { choices } = restorer().restoreAnswer({ choices: [{ index: 0, message }] });
      return (choices as unknown as { message: JsonObject }[])[0]?.message ?? {};
    },
    streamed(pieces: readonly string[]): string {
      const one = restorer();
      return textOf([
        ...pieces.flatMap((piece) => one.restoreChunk(chunk(piece))),
        ...one.restoreChunk(chunk('', 'stop')),
      ]);
    },
  };
}

/** A chat whose tokens are remembered from one request to the next, as a stored one's are. */
class RememberedChat extends PassingConversation {
  private readonly known = new Map<string, Resolution>();

  override async issued(): Promise<ReadonlyMap<string, Resolution>> {
    return this.known;
  }

  override async tokens(values: readonly TokenValue[]) {
    const made = await super.tokens(values);
    for (const value of values) this.known.set(made.of(value).split('-')[1] ?? '', value);
    return made;
  }
}

describe('failures that others have had', () => {
  it('1: two people never share a token, however many messages name them', async () => {
    const messages = ['alice', 'bob', 'carol'].map((name) => ({
      role: 'user',
      content: `I am ${name}@example.com`,
    }));
    const { body, restorer } = await shield.shielded({ model: 'm', messages });
    const tokens = JSON.stringify(body).match(TOKEN) ?? [];
    expect(new Set(tokens).size).toBe(3);
    const answer = restorer().restoreAnswer({ choices: [{ message: { content: tokens.join(' ') } }] });
    expect(JSON.stringify(answer)).toContain('alice@example.com bob@example.com carol@example.com');
  });

  it('2: one value has one token, so a model has no number to drop', async () => {
    const { tokens } = await asked('john@example.com wrote to john@example.com and john@example.com');
    expect(tokens).toHaveLength(1);
  });

  it('3: an earlier token of a chat stays, and still comes back', async () => {
    const conversation = new RememberedChat();
    const first = await shield.shielded(asking('I am john@example.com'), { conversation });
    const [token = ''] = JSON.stringify(first.body).match(TOKEN) ?? [];
    const second = await shield.shielded(asking(`You said ${token}, and john@example.com`), { conversation });
    expect(JSON.stringify(second.body)).toContain(`You said ${token}, and ${token}`);
    const answer = second.restorer().restoreAnswer({ choices: [{ message: { content: `to ${token}` } }] });
    expect(JSON.stringify(answer)).toContain('to john@example.com');
  });

  it('4: arguments of tools come back, escaped as deep as they stand', async () => {
    const value = 'a"b\\c \n{"d"}';
    const own = new ShieldFixture({ processors: { res_1: { deny_list: [value] } } });
    const { body, restorer } = await own.shielded(asking(`Send ${value}`), {
      policy: { processor_id: 'res_1' },
    });
    const [token = ''] = JSON.stringify(body).match(TOKEN) ?? [];
    const inText = JSON.stringify({ body: JSON.stringify({ p: `\n${token}` }) });
    const call = { tool_calls: [{ function: { name: 'f', arguments: inText } }] };
    const { choices } = restorer().restoreAnswer({ choices: [{ message: call }] });
    const [{ message }] = choices as unknown as [{ message: typeof call }];
    const sent = message.tool_calls[0]?.function.arguments ?? '';
    expect(JSON.parse(JSON.parse(sent).body)).toEqual({ p: `\n${value}` });
  });

  it('5: a token may be cut anywhere', async () => {
    const {
      tokens: [token = ''],
      streamed,
    } = await asked('I am john@example.com');
    for (let at = 0; at <= token.length; at++)
      expect(streamed([`to ${token.slice(0, at)}`, `${token.slice(at)}!`])).toBe('to john@example.com!');
    expect(streamed([...`to ${token}!`])).toBe('to john@example.com!');
  });

  it('6: a stream is not buffered', async () => {
    const { restorer } = await asked('I am john@example.com');
    const one = restorer();
    for (const word of ['Well', ', that', ' is', ' nice'])
      expect(textOf(one.restoreChunk(chunk(word)))).toBe(word);
  });

  it('7: a token is held back from its first character, not looked back for', async () => {
    const {
      tokens: [token = ''],
      restorer,
    } = await asked('I am john@example.com');
    const one = restorer();
    const shown = [...`${token}.`].map((character) => textOf(one.restoreChunk(chunk(character))));
    expect(shown.slice(0, -1).join('')).toBe('');
    expect(shown.at(-1)).toBe('john@example.com.');
  });

  it('9: what comes back is the very text that was there', async () => {
    const text = '👩🏽 Mike Johnson. What’s up? — 𝒻𝓊𝓃 john@example.com\u0301 é 123-45-6789\r\n';
    const { sent, answered } = await asked(text);
    const { messages } = JSON.parse(sent) as { messages: [{ content: string }] };
    expect(sent).not.toContain('Mike Johnson');
    expect(answered({ content: messages[0].content }).content).toBe(text);
  });

  it('10: requests share nothing', async () => {
    const both = await Promise.all([asked('I am john@example.com'), asked('I am john@example.com')]);
    const [a, b] = both.map(({ tokens: [token = ''] }) => token);
    expect(a).not.toBe(b);
    expect(both[0]?.answered({ content: b ?? '' }).content).toBe(b);
  });

  it('12: no part of a stream is emptied', async () => {
    const { streamed } = await asked('I am john@example.com');
    const pieces = Array.from({ length: 50 }, (_, index) => `word${index} `);
    expect(streamed(pieces)).toBe(pieces.join(''));
  });

  it('13: a token cut short is nobody’s', async () => {
    const { tokens, streamed, restorer } = await asked('alice@example.com, bob@example.com');
    for (const token of tokens)
      for (let length = 1; length < token.length; length++)
        expect(streamed([`to ${token.slice(0, length)}`])).toBe(`to ${token.slice(0, length)}`);
    const one = restorer();
    one.restoreChunk(chunk(`to ${tokens[1]?.slice(0, -2)}`));
    one.finish();
    expect(one.unresolved).toEqual([{ token: tokens[1]?.slice(0, -2), reason: 'malformed' }]);
  });

  it('14: a token that a user has typed is text, and comes back as it was', async () => {
    const typed = 'EMAIL-0123456789ABCDEF';
    const { sent, tokens, answered } = await asked(
      `What is ${typed}? And email-0123456789abcdeg, my_${typed}_x?`,
    );
    expect(sent).not.toMatch(/0123456789ABCDE/i);
    expect(tokens.every((token) => token.startsWith('LITERAL-'))).toBe(true);
    expect(answered({ content: `It is ${tokens[0]}.` }).content).toBe(`It is ${typed}.`);
    expect(answered({ content: `It is ${typed}.` }).content).toBe(`It is ${typed}.`);
  });

  it('14: a value that contains a token is put in place once, and not read again', async () => {
    const {
      tokens: [mail = ''],
    } = await asked('john@example.com');
    const { tokens, answered } = await asked(`${mail} and alice@example.com`);
    const [literal = '', alice = ''] = tokens;
    expect(answered({ content: `${literal}, ${alice}` }).content).toBe(`${mail}, alice@example.com`);
  });

  it('15: case is forgiven, and anything else is reported, not guessed', async () => {
    const {
      tokens: [token = ''],
      restorer,
    } = await asked('I am john@example.com');
    const rewritten = [
      token.replace('-', '_'),
      token.replace('-', '–'),
      token.replace('-', ' '),
      `${token}X`,
      token.slice(0, -1),
    ];
    const one = restorer();
    const content = `${token.toLowerCase()}; ${rewritten.join('; ')}; &lt;${token}&gt; “${token}”`;
    const [{ message }] = one.restoreAnswer({ choices: [{ message: { content } }] }).choices as unknown as [
      { message: JsonObject },
    ];
    const mail = 'john@example.com';
    expect(message.content).toBe(`${mail}; ${rewritten.join('; ')}; &lt;${mail}&gt; “${mail}”`);
    expect(one.unresolved.map(({ token: left }) => left).sort()).toEqual([...rewritten].sort());
  });

  it('16: marks of patterns in values and answers mean nothing', async () => {
    const {
      tokens: [token = ''],
      answered,
    } = await asked('I am john@example.com');
    expect(answered({ content: `Dear [${token}], (${token})* $1 $& ${token}?` }).content).toBe(
      'Dear [john@example.com], (john@example.com)* $1 $& john@example.com?',
    );
  });

  it('17: nothing comes after the end', async () => {
    const {
      tokens: [token = ''],
      restorer,
    } = await asked('I am john@example.com');
    const one = restorer();
    const parts = [
      ...one.restoreChunk(chunk(token)),
      ...one.restoreChunk(chunk('', 'stop')),
      ...one.finish(),
    ];
    const last = parts.at(-1) as unknown as { choices: [{ finish_reason: string }] };
    expect([textOf(parts), last.choices[0].finish_reason]).toEqual(['john@example.com', 'stop']);
  });

  it('18: turns at the same time agree on their tokens', async () => {
    const conversation = new RememberedChat();
    const both = await Promise.all(
      [1, 2, 3].map((turn) => shield.shielded(asking(`${turn}: john@example.com`), { conversation })),
    );
    const tokens = both.map(({ body }) => JSON.stringify(body).match(TOKEN)?.[0]);
    expect(new Set(tokens).size).toBe(1);
  });

  it('19: names of documents and quotations come back too', async () => {
    const {
      tokens: [token = ''],
      answered,
    } = await asked('I am john@example.com');
    const annotation = { type: 'file_citation', file: { name: `${token}.pdf`, quote: `by ${token}` } };
    expect(answered({ content: '', annotations: [annotation] }).annotations).toEqual([
      { type: 'file_citation', file: { name: 'john@example.com.pdf', quote: 'by john@example.com' } },
    ]);
  });

  it('secrets of the vault never come back, whatever a model says', async () => {
    const { sent, tokens, answered } = await asked('Key: s3cr3t-of-the-vault-123', { user: 'a' });
    expect([sent.includes('s3cr3t'), tokens]).toEqual([false, []]);
    expect(answered({ content: '[VAULT_SECRET]' }).content).toBe('[VAULT_SECRET]');
  });
});
