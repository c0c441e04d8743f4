import { AppError } from '../../platform/errors/app-error.js';
import { readChatRequest } from './chat-request.js';

const messages = [{ role: 'user', content: 'Hello' }];
const given = { model: 'gpt-4', messages };

const faultOf = (body: unknown): unknown => {
  try {
    readChatRequest(body);
    return undefined;
  } catch (error) {
    return error instanceof AppError && [error.details?.field, error.details?.constraint];
  }
};

describe('readChatRequest', () => {
  it('reads what it needs, and keeps all but what names knowledge as it came', () => {
    const body = {
      ...given,
      stream: true,
      stream_options: { include_usage: true },
      metadata: { chat_id: 'c1', team: 'a' },
      files: [{ type: 'file', id: 'doc_1' }],
      knowledge_ids: ['kb_1'],
      tool_ids: ['tool_1'],
      brand_new: { x: 1 },
    };
    const { files, knowledge_ids: knowledgeIds, tool_ids: toolIds, ...rest } = body;
    expect(readChatRequest(body)).toEqual({
      model: 'gpt-4',
      isStreamed: true,
      wantsUsage: true,
      chatId: 'c1',
      files,
      knowledgeIds,
      toolIds,
      body: rest,
    });
  });

  it.each([
    { temperature: null, stop: null, stream: null, tools: null, n: null, metadata: null },
    { stop: ['a', 'b'], tool_choice: 'auto', response_format: { type: 'json_object' } },
    { tool_choice: { type: 'function', function: { name: 'f' } }, max_tokens: 1, top_p: 0.5 },
    {
      messages: [
        {
          role: 'assistant',
          content: null,
          tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } }],
        },
      ],
    },
    {
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'a' },
            { type: 'image_url', image_url: { url: 'x' } },
          ],
        },
      ],
    },
  ])('takes %j', (more) => expect(faultOf({ ...given, ...more })).toBeUndefined());

  it.each([
    [undefined, ['body', 'required']],
    [[], ['body', 'type']],
    [{ messages }, ['model', 'required']],
    [{ model: 'x' }, ['messages', 'required']],
    [{ ...given, model: 3 }, ['model', 'type']],
    [{ ...given, model: '' }, ['model', 'minLength']],
    [{ ...given, messages: [] }, ['messages', 'minItems']],
    [{ ...given, messages: 'Hello' }, ['messages', 'type']],
    [{ ...given, messages: ['Hello'] }, ['messages[0]', 'type']],
    [{ ...given, messages: [...messages, { content: 'x' }] }, ['messages[1].role', 'required']],
    [{ ...given, messages: [{ role: 'boss', content: 'x' }] }, ['messages[0].role', 'enum']],
    [{ ...given, messages: [{ role: 'user', content: 3 }] }, ['messages[0].content', 'type']],
    [
      { ...given, messages: [{ role: 'user', content: [{ text: 'x' }] }] },
      ['messages[0].content[0].type', 'required'],
    ],
    [{ ...given, temperature: 2.5 }, ['temperature', 'maximum']],
    [{ ...given, temperature: '1' }, ['temperature', 'type']],
    [{ ...given, n: 1.5 }, ['n', 'type']],
    [{ ...given, stream: 'true' }, ['stream', 'type']],
    [{ ...given, stream_options: true }, ['stream_options', 'type']],
    [{ ...given, stop: 3 }, ['stop', 'type']],
    [{ ...given, metadata: { chat_id: 3 } }, ['metadata.chat_id', 'type']],
    [{ ...given, files: [{ type: 'picture', id: 'x' }] }, ['files[0].type', 'enum']],
    [{ ...given, response_format: {} }, ['response_format.type', 'required']],
  ])('refuses %j', (body, fault) => expect(faultOf(body)).toEqual(fault));
});
