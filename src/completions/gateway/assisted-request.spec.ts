import type { Assistant } from '../assistant-models.js';
import { placed } from '../grounding/cited-answer.js';
import { readChatRequest } from '../protocol/chat-request.js';
import { MOST_KNOWLEDGE } from '../protocol/sampling.js';
import { assistedRequest } from './assisted-request.js';

const ASSISTANT: Assistant = {
  ...{ id: 'asst_01k9zq3v8x6m2n4p5r7s9t0w3b', name: 'Desk', description: null, model: 'base' },
  ...{ createdAt: new Date(0), instructions: 'Be brief.', knowledgeIds: [], toolIds: [] },
  parameters: { temperature: 0.2, max_tokens: 50, stop: ['END'] },
};
const SAID = [
  { role: 'system', content: 'Mine.' },
  { role: 'user', content: 'Hello' },
];

const assist = (request: object, assistant: Partial<Assistant> = {}) =>
  assistedRequest(readChatRequest({ model: ASSISTANT.id, messages: SAID, ...request }), {
    ...ASSISTANT,
    ...assistant,
  });

describe('a request to an assistant', () => {
  it('has the instructions before all messages, and the request’s own after them', () => {
    const { model, body } = assist({});
    expect(model).toBe(ASSISTANT.id);
    expect(body).toMatchObject({
      model: 'base',
      messages: [{ role: 'system', content: 'Be brief.' }, ...SAID],
    });
    expect(assist({}, { instructions: '' }).body.messages).toEqual(SAID);
  });

  it('has the parameters that it does not give itself', () => {
    expect(assist({}).body).toMatchObject(ASSISTANT.parameters);
    expect(assist({ temperature: 0, stop: null }).body).toMatchObject({ temperature: 0, stop: ['END'] });
    expect(assist({ max_completion_tokens: 9 }).body).not.toHaveProperty('max_tokens');
  });

  it('draws from the knowledge and has the tools of both, each once, and from no more than one request may', () => {
    const knowledgeIds = ['kb_a', 'kb_b'];
    expect(assist({ knowledge_ids: ['kb_b', 'kb_c'] }, { knowledgeIds }).knowledgeIds).toEqual([
      ...['kb_b', 'kb_c', 'kb_a'],
    ]);
    expect(assist({ tool_ids: ['tool_b'] }, { toolIds: ['tool_a', 'tool_b'] }).toolIds).toEqual([
      'tool_b',
      'tool_a',
    ]);
    const full = Array.from({ length: MOST_KNOWLEDGE }, (_, at) => `kb_${at}`);
    expect(() => assist({ knowledge_ids: full }, { knowledgeIds })).toThrow(/at most 100/);
  });
});

describe('a quotation of an answer by an assistant', () => {
  const citation = (message: number) => ({ message, start: 2, end: 4, text: 'ab', score: 1 });
  const passage = { knowledgeBaseId: 'kb_a', documentId: 'doc_a', filename: 'a.txt', page: null, start: 10 };
  const passages = [{ ...passage, end: 20, text: '', headings: [], context: '', lastPage: null, score: 1 }];

  it('stands in the instructions, in a source, or in a message as the client counts it', () => {
    // Instructions, the client's first message, a source, the client's second message.
    const added = { sources: { passages, at: 2 }, assistant: ASSISTANT };
    expect(placed(citation(0), added)).toMatchObject({ assistant_id: ASSISTANT.id, start: 2, end: 4 });
    expect(placed(citation(1), added)).toMatchObject({ message: 0 });
    expect(placed(citation(2), added)).toMatchObject({ document_id: 'doc_a', start: 12, end: 14 });
    expect(placed(citation(3), added)).toMatchObject({ message: 1 });
  });

  it('counts as ever without instructions or without an assistant', () => {
    const bare = { sources: { passages: [], at: 1 }, assistant: { ...ASSISTANT, instructions: '' } };
    for (const message of [0, 1]) {
      expect(placed(citation(message), bare)).toEqual(citation(message));
      expect(placed(citation(message), { ...bare, assistant: undefined })).toEqual(citation(message));
    }
  });
});
