import { newId } from '../../platform/http/ids.js';
import type { BuiltInAnswer, Citation } from '../built-in-model.js';
import type { JsonObject } from '../json.js';

/** An answer whose citations may be of sources, which its model knows nothing of. */
type CitedAnswer = Omit<BuiltInAnswer, 'citations'> & {
  readonly citations: readonly (Citation | JsonObject)[];
};

/** What every part of an answer of this server's models begins with. */
const headOf = (id: string, object: string, model: string) => ({
  id,
  object,
  created: Math.floor(Date.now() / 1000),
  model,
});

const asJson = (value: object): JsonObject => ({ ...value }) as JsonObject;

/** An answer in OpenAI's form, with the citations beside it. */
export function completionOf(model: string, answer: CitedAnswer): JsonObject {
  const { pieces, citations, finishReason, usage } = answer;
  const message = { role: 'assistant', content: pieces.join(''), refusal: null };
  return asJson({
    ...headOf(newId('chatcmpl'), 'chat.completion', model),
    choices: [{ index: 0, message, logprobs: null, finish_reason: finishReason }],
    usage,
    citations,
  });
}

/** The same as the parts of a stream, the citations with the last. */
export function chunksOf(model: string, answer: CitedAnswer, wantsUsage: boolean): JsonObject[] {
  const { pieces, citations, finishReason, usage } = answer;
  const head = headOf(newId('chatcmpl'), 'chat.completion.chunk', model);
  const chunk = (delta: object, finish: string | null, more: object = {}): JsonObject =>
    asJson({ ...head, choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }], ...more });
  return [
    chunk({ role: 'assistant', content: '' }, null),
    ...pieces.map((content) => chunk({ content }, null)),
    chunk({}, finishReason, { citations }),
    ...(wantsUsage ? [asJson({ ...head, choices: [], usage })] : []),
  ];
}
