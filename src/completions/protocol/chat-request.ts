import { invalidField } from '../../platform/errors/app-error.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import {
  aBoolean,
  aList,
  aNumber,
  anInteger,
  anObject,
  aRecord,
  aText,
  type Check,
  either,
  oneOf,
} from './request-fields.js';
import { MOST_KNOWLEDGE, MOST_SERVER_TOOLS, MOST_STOPS, SAMPLING } from './sampling.js';

/** Longest list of messages, and of tools. */
const MOST_MESSAGES = 10_000;
const MOST_TOOLS = 1_000;
const LONGEST_MODEL = 200;
/** Longest text anywhere: bodies are bounded before. */
const ANY_LENGTH = Number.MAX_SAFE_INTEGER;

/** A file or a collection of a knowledge base that an answer may draw from. */
export interface KnowledgeReference {
  readonly type: 'file' | 'collection';
  readonly id: string;
}

/** A request for a completion whose shape has been checked, as far as it is OpenAI's or ours. */
export interface ChatRequest {
  readonly model: string;
  readonly isStreamed: boolean;
  /** `stream_options.include_usage` */
  readonly wantsUsage: boolean;
  /** `metadata.chat_id` */
  readonly chatId: string | undefined;
  readonly files: readonly KnowledgeReference[];
  /** `knowledge_ids`: the same as collections in `files`. */
  readonly knowledgeIds: readonly string[];
  /** `tool_ids`: tools of this server that the model may call. */
  readonly toolIds: readonly string[];
  /** All of it, as it came, without what names knowledge and tools of this server. */
  readonly body: JsonObject;
}

const isText = (value: JsonValue): boolean => typeof value === 'string';
const isList = (value: JsonValue): boolean => Array.isArray(value);
const anyText = aText(0, ANY_LENGTH);

const toolCall = aRecord(
  { id: anyText, type: anyText, function: aRecord({ name: anyText, arguments: anyText }, []) },
  [],
);

const message = aRecord(
  {
    role: oneOf('system', 'developer', 'user', 'assistant', 'tool', 'function'),
    content: either(
      isText,
      anyText,
      aList(aRecord({ type: anyText, text: anyText }, ['type']), 0, MOST_MESSAGES),
    ),
    name: anyText,
    refusal: anyText,
    tool_call_id: anyText,
    tool_calls: aList(toolCall, 0, MOST_TOOLS),
    function_call: anObject,
  },
  ['role'],
);

const file = aRecord({ type: oneOf('file', 'collection'), id: aText(1, 100) }, ['type', 'id']);

type Bounds = { readonly minimum: number; readonly maximum: number };

const numberIn = ({ minimum, maximum }: Bounds): Check => aNumber(minimum, maximum);
const integerIn = ({ minimum, maximum }: Bounds): Check => anInteger(minimum, maximum);

/** OpenAI's fields that we read or can check, and our own `files`, `knowledge_ids` and `tool_ids`; whatever else there is goes on as it is. */
const FIELDS: Readonly<Record<string, Check>> = {
  model: aText(1, LONGEST_MODEL),
  messages: aList(message, 1, MOST_MESSAGES),
  stream: aBoolean,
  stream_options: aRecord({ include_usage: aBoolean }, []),
  temperature: numberIn(SAMPLING.temperature),
  top_p: numberIn(SAMPLING.top_p),
  n: anInteger(1, 128),
  max_tokens: integerIn(SAMPLING.max_tokens),
  max_completion_tokens: integerIn(SAMPLING.max_tokens),
  stop: either(isList, aList(anyText, 0, MOST_STOPS), anyText),
  presence_penalty: numberIn(SAMPLING.presence_penalty),
  frequency_penalty: numberIn(SAMPLING.frequency_penalty),
  logit_bias: anObject,
  logprobs: aBoolean,
  top_logprobs: anInteger(0, 20),
  seed: integerIn(SAMPLING.seed),
  user: aText(0, 512),
  safety_identifier: aText(0, 512),
  response_format: aRecord({ type: anyText }, ['type']),
  tools: aList(anObject, 0, MOST_TOOLS),
  tool_choice: either(isText, anyText, anObject),
  parallel_tool_calls: aBoolean,
  metadata: aRecord({ chat_id: aText(1, 128) }, []),
  store: aBoolean,
  files: aList(file, 0, 100),
  knowledge_ids: aList(aText(1, 100), 0, MOST_KNOWLEDGE),
  tool_ids: aList(aText(1, 100), 0, MOST_SERVER_TOOLS),
};

const request = aRecord(FIELDS, ['model', 'messages']);

/** @throws AppError VALIDATION_ERROR, naming the first field that is wrong */
export function readChatRequest(body: unknown): ChatRequest {
  if (!isObject(body)) {
    const message = "A JSON object is required, with at least 'model' and 'messages'.";
    throw invalidField('body', body === undefined ? 'required' : 'type', message);
  }
  request(body, '');
  const { files, knowledge_ids: knowledgeIds, tool_ids: toolIds, ...rest } = body;
  const { stream_options: options, metadata } = body;
  return {
    model: String(body.model),
    isStreamed: body.stream === true,
    wantsUsage: isObject(options) && options.include_usage === true,
    chatId: isObject(metadata) && typeof metadata.chat_id === 'string' ? metadata.chat_id : undefined,
    files: (files ?? []) as unknown as KnowledgeReference[],
    knowledgeIds: (knowledgeIds ?? []) as unknown as string[],
    toolIds: (toolIds ?? []) as unknown as string[],
    body: rest,
  };
}
