import type { EchoAnswer } from './echo-answer.js';
import type { EchoRequest } from './echo-request.js';
import { piecesOf } from './words.js';

/** What an answer is called, and when it was made: seconds since 1970. */
export interface Stamp {
  readonly id: string;
  readonly created: number;
}

const usageOf = ({ promptWords }: EchoRequest, { completionWords }: EchoAnswer, choices: number) => ({
  prompt_tokens: promptWords,
  completion_tokens: completionWords * choices,
  total_tokens: promptWords + completionWords * choices,
});

/** One answer as one object. */
export function completionOf(request: EchoRequest, answer: EchoAnswer, stamp: Stamp): string {
  const { text, tool } = answer;
  const call = {
    id: `call_${stamp.id}`,
    type: 'function',
    function: { name: tool, arguments: text },
  };
  const message =
    tool === undefined
      ? { role: 'assistant', content: text, refusal: null }
      : { role: 'assistant', content: null, refusal: null, tool_calls: [call] };
  return JSON.stringify({
    id: stamp.id,
    object: 'chat.completion',
    created: stamp.created,
    model: request.model,
    choices: Array.from({ length: request.choices }, (_, index) => ({
      index,
      message,
      logprobs: null,
      finish_reason: answer.finishReason,
    })),
    usage: usageOf(request, answer, request.choices),
  });
}

/** The delta that opens a choice: its role, and with a call its id and name. */
function openingOf({ tool }: EchoAnswer, { id }: Stamp): string {
  if (tool === undefined) return '{"role":"assistant","content":"","refusal":null}';
  const call = { index: 0, id: `call_${id}`, type: 'function', function: { name: tool, arguments: '' } };
  return JSON.stringify({ role: 'assistant', content: null, tool_calls: [call] });
}

const deltaOf = (piece: string, isCall: boolean): string =>
  isCall
    ? `{"tool_calls":[{"index":0,"function":{"arguments":${JSON.stringify(piece)}}}]}`
    : `{"content":${JSON.stringify(piece)}}`;

/**
 * One answer as server-sent events: an opening, pieces of so many words, an end, the usage where it is asked for, and
 * `[DONE]`. Put together as text around what stays the same, for this is what a measurement of a gateway waits for.
 */
export function* framesOf(
  request: EchoRequest,
  answer: EchoAnswer,
  stamp: Stamp,
  wordsPerDelta: number,
): Generator<string, void> {
  const { choices, includesUsage } = request;
  const start = JSON.stringify({ ...stamp, object: 'chat.completion.chunk', model: request.model });
  const head = `data: ${start.slice(0, -1)},"choices":[`;
  const tail = includesUsage ? '],"usage":null}\n\n' : ']}\n\n';
  function* choiceFrames(delta: string, finishReason: string): Generator<string, void> {
    for (let index = 0; index < choices; index++)
      yield `${head}{"index":${index},"delta":${delta},"logprobs":null,"finish_reason":${finishReason}}${tail}`;
  }
  const isCall = answer.tool !== undefined;
  yield* choiceFrames(openingOf(answer, stamp), 'null');
  for (const piece of piecesOf(answer.text, wordsPerDelta))
    yield* choiceFrames(deltaOf(piece, isCall), 'null');
  yield* choiceFrames('{}', `"${answer.finishReason}"`);
  if (includesUsage) yield `${head}],"usage":${JSON.stringify(usageOf(request, answer, choices))}}\n\n`;
  yield 'data: [DONE]\n\n';
}
