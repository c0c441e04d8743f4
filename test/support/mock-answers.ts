/** A completion as a model server would give it, streamed or whole. */
export interface MockCompletion {
  /** The text in the pieces a stream sends it in; together they are the whole. */
  readonly content?: readonly string[];
  /** Calls of tools, each with its arguments in the pieces a stream sends them in. */
  readonly toolCalls?: readonly MockToolCall[];
  readonly finishReason?: string;
  readonly usage?: object;
  /** Answers of the same content, for `n` of more than 1. */
  readonly choices?: number;
}

export interface MockToolCall {
  readonly id?: string;
  readonly name: string;
  readonly arguments: readonly string[];
}

const ID = 'chatcmpl-mock';
const CREATED = 1_764_000_000;
const USAGE = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };

const head = (object: string, model: string) => ({ id: ID, object, created: CREATED, model });

const callId = ({ id }: MockToolCall, index: number): string => id ?? `call_${index}`;

const finishOf = ({ finishReason, toolCalls }: MockCompletion): string =>
  finishReason ?? (toolCalls?.length ? 'tool_calls' : 'stop');

/** The body of an answer that is not streamed. */
export function wholeAnswer(completion: MockCompletion, model: string): object {
  const { content = [], toolCalls = [], choices = 1, usage = USAGE } = completion;
  const message = {
    role: 'assistant',
    content: content.length > 0 || toolCalls.length === 0 ? content.join('') : null,
    ...(toolCalls.length > 0 && {
      tool_calls: toolCalls.map((call, index) => ({
        id: callId(call, index),
        type: 'function',
        function: { name: call.name, arguments: call.arguments.join('') },
      })),
    }),
  };
  const all = Array.from({ length: choices }, (_, index) => ({
    index,
    message,
    logprobs: null,
    finish_reason: finishOf(completion),
  }));
  return { ...head('chat.completion', model), choices: all, usage };
}

/** The deltas of one choice, in order: role, text, calls piece by piece. */
function deltasOf({ content = [], toolCalls = [] }: MockCompletion): object[] {
  return [
    { role: 'assistant', content: '' },
    ...content.map((text) => ({ content: text })),
    ...toolCalls.flatMap((call, index) => [
      {
        tool_calls: [
          { index, id: callId(call, index), type: 'function', function: { name: call.name, arguments: '' } },
        ],
      },
      ...call.arguments.map((text) => ({ tool_calls: [{ index, function: { arguments: text } }] })),
    ]),
  ];
}

/** What the events of a stream carry, without `[DONE]`. @param withUsage as `stream_options.include_usage` asks */
export function streamChunks(completion: MockCompletion, model: string, withUsage = false): object[] {
  const { choices = 1, usage = USAGE } = completion;
  const indexes = Array.from({ length: choices }, (_, index) => index);
  const chunk = (index: number, delta: object, finish_reason: string | null = null) => ({
    ...head('chat.completion.chunk', model),
    choices: [{ index, delta, finish_reason }],
  });
  return [
    ...deltasOf(completion).flatMap((delta) => indexes.map((index) => chunk(index, delta))),
    ...indexes.map((index) => chunk(index, {}, finishOf(completion))),
    ...(withUsage ? [{ ...head('chat.completion.chunk', model), choices: [], usage }] : []),
  ];
}

/** One event of a stream. A text stands in it as it is, so that it may be malformed. */
export const sseEvent = (data: object | string): string =>
  `data: ${typeof data === 'string' ? data : JSON.stringify(data)}\n\n`;

/** Cuts bytes at the given offsets, inside of characters too. */
export function cutAt(bytes: Buffer, ...offsets: readonly number[]): Buffer[] {
  const inside = offsets.filter((offset) => offset > 0 && offset < bytes.length);
  const cuts = [0, ...inside.sort((a, b) => a - b), bytes.length];
  return cuts.slice(1).map((end, index) => bytes.subarray(cuts[index], end));
}

/** Cuts bytes into pieces of that many: of 1 each, wherever that falls. */
export const cutEvery = (bytes: Buffer, size: number): Buffer[] =>
  Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.subarray(index * size, (index + 1) * size),
  );
