import type { JsonObject } from '../json.js';
import { asking, ShieldFixture } from './testing/shield-fixture.js';

const SECRET = 's3cr3t-of-the-vault-123';
const CARD = '4111111111111111';
const shield = new ShieldFixture({ secrets: [SECRET] });

const contentOf = (body: JsonObject): string => (body.messages as { content: string }[])[0]?.content ?? '';

/** What a model server sees of a text, and what comes of it as an answer. */
async function seen(content: string, options: Parameters<ShieldFixture['shielded']>[1] = {}) {
  const { body, restorer } = await shield.shielded(asking(content), options);
  const text = contentOf(body);
  const answer = restorer().restoreAnswer({ choices: [{ index: 0, message: { content: text } }] });
  const [choice] = answer.choices as unknown as { message: { content: string } }[];
  return { text, back: choice?.message.content };
}

describe('what a policy does', () => {
  it('puts a token in place of each value, the same for the same, and back', async () => {
    const content = 'Mail john@example.com, and again john@example.com. Not jane@example.com!';
    const { text, back } = await seen(content);
    const [a, b, c] = text.match(/EMAIL-[0-9A-Z]{16}/g) ?? [];
    expect([a === b, b === c, text]).toEqual([true, false, `Mail ${a}, and again ${b}. Not ${c}!`]);
    expect(back).toBe(content);
  });

  it.each([
    ['mask', 'Card ************ 1111', 'mask'],
    ['allow', `Card ${CARD}`, 'allow'],
  ])('%s', async (action, expected, counted) => {
    const policy = { actions: { CREDIT_CARD: action as 'mask' | 'allow' } };
    const { text, back } = await seen(`Card ${CARD}`, { policy });
    expect(text.replace('**** **** ****', '************')).toBe(expected);
    expect(back).toBe(text);
    const { counts, actions } = await shield.examine(asking(`Card ${CARD}`), { policy });
    expect([counts, actions]).toEqual([{ CREDIT_CARD: 1 }, { [counted]: 1 }]);
  });

  it('refuses and keeps local by type, and shields neither', async () => {
    const policy = { actions: { CREDIT_CARD: 'block', EMAIL: 'local' } } as const;
    const examination = await shield.examine(asking(`${CARD}, a@example.com`), { policy });
    expect([examination.blocked, examination.local]).toEqual([['CREDIT_CARD'], ['EMAIL']]);
    await expect(examination.shield()).rejects.toThrow('may not leave');
    const kept = {
      policy: { ...policy, actions: { EMAIL: 'local' }, shield_private: true },
      isPrivate: true,
    } as const;
    expect((await seen('to a@example.com', kept)).text).toBe('to a@example.com');
  });

  it('takes the organization’s own values out for good, for private servers too', async () => {
    for (const options of [
      {},
      { isPrivate: true },
      { policy: { actions: { VAULT_SECRET: 'allow' } } },
    ] as const) {
      const { text, back } = await seen(`Use ${SECRET}x for john@example.com`, options);
      expect(text).toContain('Use [VAULT_SECRET]');
      expect([text.includes('john@'), back?.includes(SECRET)]).toEqual(['isPrivate' in options, false]);
    }
    const policy = { actions: { VAULT_SECRET: 'block' } } as const;
    expect((await shield.examine(asking(SECRET), { policy })).blocked).toEqual(['VAULT_SECRET']);
  });

  it('finds by the settings of its processor', async () => {
    const processors = {
      res_1: {
        entities: ['EMAIL'],
        custom_patterns: [{ name: 'Ticket', pattern: 'T-\\d{5}' }],
        deny_list: ['Blue Harbour'],
      },
    };
    const own = new ShieldFixture({ processors });
    const { counts } = await own.examine(asking(`${CARD} a@example.com T-12345 Blue Harbour`), {
      policy: { processor_id: 'res_1' },
    });
    expect(counts).toEqual({ EMAIL: 1, Ticket: 1, DENY_LIST: 1 });
  });
});

describe('what a request is made of', () => {
  it('a value found once goes everywhere', async () => {
    const { body } = await shield.shielded({
      model: 'm',
      messages: [
        { role: 'user', content: 'My name is Zyë Qwertz.' },
        { role: 'user', content: 'zyë: Zyë Qwertz; Zyë Qwertzes; "Zyë Qwertz"' },
        { role: 'tool', tool_call_id: 'c', content: '{"note": "Zy\\u00eb Qwertz", "broken": "Zyë Qwertz"' },
        { role: 'tool', tool_call_id: 'c', content: '{"a": "{\\"b\\": \\"\\\\u005ay\\u00eb Qwertz\\"}"}' },
      ],
      tools: [{ type: 'function', function: { name: 'f', description: 'For Zyë Qwertz' } }],
    });
    const text = JSON.stringify(body);
    expect(text.replaceAll('Zyë Qwertzes', '')).not.toContain('Qwertz');
    expect(text.match(/PERSON_NAME-[0-9A-Z]{16}/g)?.length).toBeGreaterThanOrEqual(6);
  });

  it('the protocol’s own words and numbers are never touched', async () => {
    const processors = {
      res_1: { deny_list: 'user function auto string text json_object system low'.split(' ') },
    };
    const own = new ShieldFixture({ processors });
    const body: JsonObject = {
      ...{
        model: 'gpt-4o-2024-08-06',
        stream: true,
        seed: 5551234567,
        temperature: 0.25,
        n: 1,
        max_tokens: 2025,
      },
      messages: [
        { role: 'system', content: 'x' },
        { role: 'user', content: [{ type: 'text', text: 'y' }] },
        {
          role: 'assistant',
          tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
        { role: 'tool', tool_call_id: 'call_1', content: '1' },
      ],
      tools: [
        {
          type: 'function',
          function: {
            name: 'f',
            strict: true,
            parameters: {
              type: 'object',
              properties: { a: { type: 'string', maxLength: 4111111111111111 } },
              required: ['a'],
            },
          },
        },
      ],
      ...{
        tool_choice: 'auto',
        response_format: { type: 'json_object' },
        reasoning_effort: 'low',
        verbosity: 'low',
      },
      ...{ logit_bias: { '50256': -100 }, stream_options: { include_usage: true } },
    };
    const { body: sent, restorer } = await own.shielded(body, { policy: { processor_id: 'res_1' } });
    expect(sent).toEqual(body);
    expect(restorer().isIdle).toBe(true);
  });

  it('a name is replaced as a whole and everywhere alike', async () => {
    const id = 'call_john@example.com_7';
    const body: JsonObject = {
      model: 'm',
      messages: [
        {
          role: 'assistant',
          tool_calls: [{ id, type: 'function', function: { name: 'f', arguments: '{"a@example.com": 1}' } }],
        },
        { role: 'tool', tool_call_id: id, content: 'done' },
      ],
      tools: [
        {
          type: 'function',
          function: {
            name: 'f',
            parameters: { properties: { 'a@example.com': {} }, required: ['a@example.com'] },
          },
        },
      ],
    };
    const { body: sent, restorer } = await shield.shielded(body, { policy: { default_action: 'mask' } });
    const text = JSON.stringify(sent);
    expect(text).not.toMatch(/@example/);
    const [call, parameter] = [...new Set(text.match(/EMAIL-[0-9A-Z]{16}/g))];
    expect(text.split(String(call)).length - 1).toBe(2);
    expect(text.split(String(parameter)).length - 1).toBe(3);
    const [{ message }] = restorer().restoreAnswer({
      choices: [
        {
          message: {
            tool_calls: [{ id: call ?? '', function: { name: 'f', arguments: `{"${parameter}":2}` } }],
          },
        },
      ],
    }).choices as unknown as [{ message: unknown }];
    expect(message).toEqual({
      tool_calls: [{ id, function: { name: 'f', arguments: '{"a@example.com":2}' } }],
    });
  });

  it('end users become digests, and the chat’s name stays here', async () => {
    const body = asking('hi', {
      user: 'john@example.com',
      safety_identifier: 'x',
      metadata: { chat_id: 'c' },
    });
    const copy = structuredClone(body);
    const { body: sent } = await shield.shielded(body);
    expect(sent).toEqual({ ...asking('hi'), user: 'pseudonym-16', safety_identifier: 'pseudonym-1' });
    expect(body).toEqual(copy);
    const more = asking('hi', { metadata: { chat_id: 'c', topic: 'x' } });
    expect((await shield.shielded(more)).body.metadata).toEqual({ topic: 'x' });
  });

  it('attachments and unknown fields are named, and what cannot be searched is left', async () => {
    const image = { type: 'image_url', image_url: { url: 'data:image/png;base64,am9obg==', detail: 'low' } };
    const link = { type: 'image_url', image_url: { url: 'https://example.com/a.png' } };
    const file = { type: 'file', file: { file_data: 'a@example.com', filename: 'john@example.com.pdf' } };
    const body: JsonObject = {
      model: 'm',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'see' },
            image,
            link,
            file,
            { type: 'input_audio', input_audio: { data: 'x', format: 'wav' } },
          ],
        },
        { role: 'user', content: 'x', images: ['AAAA'] },
      ],
      ...{ modalities: ['text', 'audio'], vendor: 'a@example.com', 'b@example.com': true, top_p: 1 },
    };
    const examination = await shield.examine(body);
    expect(examination.attachments).toEqual([
      ...[1, 2, 3, 4].map((part) => `/messages/0/content/${part}`),
      '/messages/1/images',
      '/modalities',
    ]);
    expect(examination.unknownFields).toEqual(['vendor', 'b@example.com']);
    const text = JSON.stringify((await examination.shield()).body);
    expect(text).toContain('data:image/png;base64,am9obg==');
    expect(text).toContain('https://example.com/a.png');
    expect(text.match(/@example\.com/g)).toHaveLength(1);
  });

  it('what is nested too deep is refused', async () => {
    let deep: JsonObject = {};
    for (let level = 0; level < 1_100; level++) deep = { deep };
    await expect(shield.examine(asking('x', { deep }))).rejects.toMatchObject({ code: 'VALIDATION_ERROR' });
  });

  it('a member called __proto__ is one like any other', async () => {
    const body = JSON.parse(
      '{"model":"m","messages":[{"role":"user","content":"x"}],"v":{"__proto__":{"a@example.com":"b"}}}',
    );
    const { body: sent } = await shield.shielded(body);
    expect(JSON.stringify(sent)).toMatch(/"__proto__":\{"EMAIL-[0-9A-Z]{16}":"b"\}/);
  });
});
