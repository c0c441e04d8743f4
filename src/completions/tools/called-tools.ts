import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { AnswerRestorer } from '../shield/answer-restorer.js';
import type { OfferedTools } from './offered-tools.js';
import type { ServerFunction } from './server-tools.js';

/** What a model said before its tools were called, as it said it. */
export interface AskingMessage {
  readonly content: string | null;
  /** As OpenAI's `tool_calls`. */
  readonly toolCalls: readonly JsonValue[];
}

/** One call of a function of this server. */
export interface ToolCall {
  readonly id: string;
  readonly called: ServerFunction;
  /** As the function is to get them. */
  readonly given: string;
}

/** Calls that the server answers by itself. */
export interface CalledTools {
  readonly calls: readonly ToolCall[];
  /** As the conversation goes on with it: with values in place of tokens, which the shield takes out again. */
  readonly message: JsonObject;
}

interface Spelled {
  readonly id: string;
  readonly name: string;
  readonly given: string;
}

/** The calls of a message when all are of this server's functions; what a client has to do is the client's as a whole. */
export function calledTools(
  asking: AskingMessage,
  offered: OfferedTools,
  restorer: AnswerRestorer,
): CalledTools | undefined {
  if (asking.toolCalls.length === 0) return undefined;
  const { content, toolCalls } = restored(asking, restorer);
  const spelled = toolCalls.map(spelledOf);
  const raw = asking.toolCalls.map(spelledOf);
  const calls: ToolCall[] = [];
  for (const [at, { name, given }] of spelled.entries()) {
    const called = offered.find(name);
    if (!called) return undefined;
    calls.push({
      ...{ id: idOf(spelled, at), called },
      given: called.receives === 'values' ? given : (raw[at]?.given ?? ''),
    });
  }
  const said = calls.map(({ id, called }, at) => ({
    ...{ id, type: 'function' },
    function: { name: called.name, arguments: spelled[at]?.given ?? '' },
  }));
  return { calls, message: { role: 'assistant', content, tool_calls: said } };
}

/** A text with values in place of the tokens of the request. */
export function restoredText(text: string, restorer: AnswerRestorer): string {
  return restored({ content: text, toolCalls: [] }, restorer).content ?? '';
}

function restored({ content, toolCalls }: AskingMessage, restorer: AnswerRestorer): AskingMessage {
  const message = { role: 'assistant', content, tool_calls: [...toolCalls] };
  const { choices } = restorer.restoreAnswer({ choices: [{ index: 0, message }] });
  const [choice] = Array.isArray(choices) ? choices : [];
  const said = isObject(choice) && isObject(choice.message) ? choice.message : message;
  return {
    content: typeof said.content === 'string' ? said.content : null,
    toolCalls: Array.isArray(said.tool_calls) ? said.tool_calls : [],
  };
}

function spelledOf(call: JsonValue): Spelled {
  const { id, function: called } = isObject(call) ? call : {};
  const { name, arguments: given } = isObject(called) ? called : {};
  return { id: textOf(id), name: textOf(name), given: textOf(given) };
}

/** Some model servers give calls no id, or the same. */
function idOf(calls: readonly Spelled[], at: number): string {
  const id = calls[at]?.id ?? '';
  const isFirst = calls.findIndex((call) => call.id === id) === at;
  return id !== '' && isFirst ? id : `call_${at}_${id}`;
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');
