import { type Fields, isFields } from './json.js';
import { countWords } from './words.js';

/** What of a chat completion request decides the answer. */
export interface EchoRequest {
  readonly model: string;
  /** Text of the last message of a user; empty where there is none. */
  readonly text: string;
  /** Words in the texts of all messages. */
  readonly promptWords: number;
  readonly choices: number;
  readonly isStreamed: boolean;
  readonly includesUsage: boolean;
  /** The function that is to be called instead of answering. */
  readonly tool: string | undefined;
  /** Most words of the answer; undefined where nobody has set a limit. */
  readonly mostWords: number | undefined;
}

/** A request that cannot be answered; its message and field are for the client. */
export class BadRequest extends Error {
  constructor(
    message: string,
    readonly param: string | null,
  ) {
    super(message);
  }
}

const MOST_CHOICES = 16;

function textOf(content: unknown): string {
  if (typeof content === 'string') return content;
  if (!Array.isArray(content)) return '';
  return content
    .map((part) => (isFields(part) && typeof part.text === 'string' ? part.text : ''))
    .filter((text) => text !== '')
    .join(' ');
}

const nameOf = (tool: unknown): unknown =>
  isFields(tool) && isFields(tool.function) ? tool.function.name : undefined;

/** `required` calls the first tool, a named one is called by its name; with `auto` nothing is called. */
function toolOf({ tools, tool_choice: choice }: Fields): string | undefined {
  if (!Array.isArray(tools) || tools.length === 0) return undefined;
  const name = choice === 'required' ? nameOf(tools[0]) : nameOf(choice);
  return typeof name === 'string' ? name : undefined;
}

function choicesOf(n: unknown): number {
  if (n === undefined || n === null) return 1;
  if (typeof n === 'number' && Number.isInteger(n) && n >= 1 && n <= MOST_CHOICES) return n;
  throw new BadRequest(`"n" must be a whole number from 1 to ${MOST_CHOICES}.`, 'n');
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new BadRequest('The body is not JSON.', null);
  }
}

/** @throws BadRequest */
export function readRequest(text: string): EchoRequest {
  const body = parse(text);
  if (!isFields(body)) throw new BadRequest('The body must be a JSON object.', null);
  const { messages } = body;
  if (!Array.isArray(messages) || messages.length === 0)
    throw new BadRequest('"messages" must be a list with at least one message.', 'messages');
  let last = '';
  let promptWords = 0;
  for (const message of messages) {
    if (!isFields(message)) throw new BadRequest('Each message must be an object.', 'messages');
    const content = textOf(message.content);
    promptWords += countWords(content);
    if (message.role === 'user') last = content;
  }
  const limit = body.max_completion_tokens ?? body.max_tokens;
  return {
    model: typeof body.model === 'string' ? body.model : 'echo',
    text: last,
    promptWords,
    choices: choicesOf(body.n),
    isStreamed: body.stream === true,
    includesUsage: isFields(body.stream_options) && body.stream_options.include_usage === true,
    tool: toolOf(body),
    mostWords: typeof limit === 'number' && limit >= 1 ? Math.floor(limit) : undefined,
  };
}
