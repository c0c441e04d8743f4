import fc from 'fast-check';
import { MESSAGE_ROLES } from '../messages/message.js';
import { readConversation } from './conversation.js';
import { type ImportedChat, ImportRefusal } from './imported-chat.js';
import { CHATGPT, OPEN_WEBUI, RECORD } from './testing/samples.js';

/** The chat that comes of a value, or the refusal of it. */
function outcomeOf(value: unknown): ImportedChat | ImportRefusal {
  try {
    return readConversation(value, undefined);
  } catch (error) {
    if (error instanceof ImportRefusal) return error;
    throw error;
  }
}

/** What holds of every chat that is stored, whatever file it comes from. */
function faultsOf({ messages, currentId, createdAt, updatedAt, leftOut }: ImportedChat): string[] {
  const seen = new Set<string>();
  const faults: string[] = [];
  for (const { id, parentId, role, content, createdAt: at } of messages) {
    if (seen.has(id)) faults.push(`two of ${id}`);
    if (parentId !== null && !seen.has(parentId)) faults.push(`${id} before its parent`);
    if (!MESSAGE_ROLES.includes(role)) faults.push(`role of ${id}`);
    if (content !== null && typeof content !== 'string' && !Array.isArray(content))
      faults.push(`content of ${id}`);
    if (Number.isNaN(at.getTime())) faults.push(`time of ${id}`);
    seen.add(id);
  }
  if (currentId === null ? messages.length > 0 : !seen.has(currentId)) faults.push('current');
  if (Number.isNaN(createdAt.getTime()) || Number.isNaN(updatedAt.getTime())) faults.push('times');
  if (leftOut.some(({ kind }) => !/^[a-z0-9_]{1,50}$/.test(kind))) faults.push('kinds');
  return faults;
}

/** The sample with one value somewhere in it replaced. */
const damaged = (sample: object) =>
  fc.tuple(fc.nat(), fc.jsonValue({ maxDepth: 3 })).map(([where, value]) => {
    const copy = structuredClone(sample);
    const places: [Record<string, unknown>, string][] = [];
    const walk = (at: unknown): void => {
      if (typeof at !== 'object' || at === null) return;
      for (const name of Object.keys(at)) {
        places.push([at as Record<string, unknown>, name]);
        walk((at as Record<string, unknown>)[name]);
      }
    };
    walk(copy);
    const place = places[where % places.length];
    if (place) place[0][place[1]] = value;
    return copy;
  });

const ids = fc.constantFrom('a', 'b', 'c', 'd', '__proto__', 'constructor');

/** Trees, circles and whatever else parents may make. */
const links = fc.dictionary(ids, fc.record({ parentId: fc.option(ids), timestamp: fc.nat(1e9) }), {
  maxKeys: 6,
});

describe('any conversation', () => {
  it.each([
    ['JSON', fc.jsonValue()],
    ["a damaged one of ChatGPT's", damaged(CHATGPT)],
    ["a damaged one of Open WebUI's", damaged(OPEN_WEBUI)],
    ["a damaged one of Redoubt's", damaged(RECORD)],
  ])('of %s is refused, or is a chat', (_, values: fc.Arbitrary<unknown>) => {
    fc.assert(
      fc.property(values, (value) => {
        const outcome = outcomeOf(value);
        expect(outcome instanceof ImportRefusal ? [] : faultsOf(outcome)).toEqual([]);
      }),
      { numRuns: 1_000 },
    );
  });

  it('keeps every message, whoever follows whom, or is refused for a circle', () => {
    fc.assert(
      fc.property(links, fc.option(ids), (nodes, currentId) => {
        const messages = Object.fromEntries(
          Object.entries(nodes).map(([id, node]) => [id, { ...node, role: 'user', content: id }]),
        );
        const outcome = outcomeOf({ history: { messages, currentId } });
        if (outcome instanceof ImportRefusal) return expect(outcome.reason).toBe('circle');
        expect(faultsOf(outcome)).toEqual([]);
        expect(outcome.messages.map(({ content }) => content).sort()).toEqual(Object.keys(messages).sort());
        for (const { id, parentId } of outcome.messages) {
          const given = nodes[id]?.parentId ?? null;
          expect(parentId).toBe(given !== null && Object.hasOwn(messages, given) ? given : null);
        }
      }),
    );
  });
});

describe("ChatGPT's conversations", () => {
  const chat = readConversation(CHATGPT, undefined);

  it('keep branches, times and models, without what is hidden', () => {
    expect(chat).toMatchObject({
      source: 'chatgpt',
      sourceId: 'c-1',
      title: 'Brake pads',
      currentId: 'again',
    });
    expect(chat.createdAt.toISOString()).toBe('2025-03-15T10:30:00.500Z');
    expect(chat.messages.map(({ id, parentId }) => [id, parentId])).toEqual([
      ['asked', null],
      ['call', 'asked'],
      ['output', 'call'],
      ['again', 'asked'],
    ]);
    expect(chat.messages[3]).toMatchObject({ content: 'Ceramic ones.', model: 'gpt-4o' });
    expect(chat.messages[3]?.createdAt.toISOString()).toBe('2025-03-15T10:30:50.000Z');
  });

  it('say what has no place, where it stood', () => {
    expect(chat.messages[0]?.content).toBe('[image_asset_pointer: not imported]\nWhich pads fit?');
    expect(chat.leftOut).toEqual([
      { path: 'mapping.system.message', kind: 'hidden_message' },
      { path: 'mapping.asked.message.content.parts[0]', kind: 'image_asset_pointer' },
    ]);
  });

  it('have calls of tools as the protocol has them, where an answer follows', () => {
    const [, call, output] = chat.messages;
    const called = { name: 'python', arguments: JSON.stringify({ input: 'pads()' }) };
    expect(call).toMatchObject({
      content: null,
      toolCalls: [{ id: 'call_call', type: 'function', function: called }],
    });
    expect(output).toMatchObject({ role: 'tool', content: 'ceramic', toolCallId: 'call_call' });
    const { output: _, ...rest } = CHATGPT.mapping;
    const alone = readConversation({ ...CHATGPT, mapping: rest }, undefined);
    expect(alone.messages[1]).toMatchObject({ role: 'assistant', content: '```python\npads()\n```' });
    expect(alone.messages[1]).not.toHaveProperty('toolCalls');
  });
});

describe("Open WebUI's chats", () => {
  it('keep branches, times and models, and say what has no place', () => {
    const chat = readConversation(OPEN_WEBUI, undefined);
    expect(chat).toMatchObject({ source: 'open_webui', sourceId: 'o-1', isArchived: true, currentId: 'b2' });
    expect(chat.messages).toMatchObject([
      { id: 'a', parentId: null, content: 'Which pads?\n[image: not imported]', isComplete: true },
      { id: 'b1', parentId: 'a', content: 'These.', model: 'llama3' },
      { id: 'b2', parentId: 'a', content: 'Those.', isComplete: false },
    ]);
    expect(chat.messages[1]?.createdAt.toISOString()).toBe('2025-03-15T10:30:02.000Z');
    expect(chat.leftOut.map(({ kind }) => kind)).toEqual(['image', 'tags']);
  });
});

describe('refusals', () => {
  it.each<[unknown, string, string]>([
    [[], 'not_a_chat', ''],
    [{ ...RECORD, version: 2 }, 'newer_version', 'version'],
    [
      { ...RECORD, messages: [{ ...RECORD.messages[0], role: 'oracle' }] },
      'unknown_role',
      'messages[0].role',
    ],
    [{ ...RECORD, messages: [RECORD.messages[0], RECORD.messages[0]] }, 'duplicate_id', ''],
    [
      { ...RECORD, messages: [{ ...RECORD.messages[0], content: [{}] }] },
      'required',
      'messages[0].content[0].type',
    ],
    [{ ...CHATGPT, create_time: 1e20 }, 'timestamp', 'create_time'],
    [{ ...CHATGPT, title: 7 }, 'type', 'title'],
    [
      { history: { messages: { a: { parentId: 'a', role: 'user', content: '' } } } },
      'circle',
      'history.messages.a',
    ],
    [{ ...RECORD, messages: Array(40_001).fill(RECORD.messages[0]) }, 'too_many_messages', ''],
  ])('name what is wrong, and where (%#)', (value, reason, path) => {
    expect(outcomeOf(value)).toMatchObject({ reason, path });
  });

  it('are of another format than the one asked for', () => {
    expect(() => readConversation(CHATGPT, 'open_webui')).toThrow(ImportRefusal);
  });
});
