import type { EchoRequest } from './echo-request.js';
import { countWords, endOfWords } from './words.js';

/** What is answered, before it takes the shape of a stream or of one object. */
export interface EchoAnswer {
  /** The text, or the arguments of the function's call. */
  readonly text: string;
  /** The function that is called; undefined for an answer in words. */
  readonly tool: string | undefined;
  readonly finishReason: 'stop' | 'length' | 'tool_calls';
  readonly completionWords: number;
}

export function answerTo({ text, tool, mostWords }: EchoRequest): EchoAnswer {
  if (tool !== undefined) {
    const call = JSON.stringify({ text });
    return { text: call, tool, finishReason: 'tool_calls', completionWords: countWords(call) };
  }
  const end = mostWords === undefined ? text.length : endOfWords(text, 0, mostWords);
  const said = text.slice(0, end);
  const finishReason = end === text.length ? 'stop' : 'length';
  return { text: said, tool, finishReason, completionWords: countWords(said) };
}
