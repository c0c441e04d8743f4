import { Injectable } from '@nestjs/common';
import type { Caller } from '../../platform/http/request-context.js';
import type { CompletionPlan } from '../gateway/completion-plan.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { Shield } from '../shield/shield.service.js';
import { restoredText, type ToolCall } from './called-tools.js';
import type { ServerFunction } from './server-tools.js';

/**
 * What tools get of a model that was told values, since its server is private: a tool is outside all the same, and where it is
 * to get tokens, its arguments are searched as a request that leaves is.
 */
@Injectable()
export class ToolArguments {
  constructor(private readonly shield: Shield) {}

  /**
   * A call as it may leave, whose answer comes back with values in place of the tokens that it was given.
   * @throws AppError what the shield refuses to search
   */
  async fit(
    caller: Caller,
    { isShielded, policy, conversation }: CompletionPlan,
    call: ToolCall,
    signal: AbortSignal,
  ): Promise<ToolCall> {
    const { called } = call;
    if (isShielded || called.receives === 'values') return call;
    const examination = await this.shield.examine({
      ...{ caller, policy, conversation, body: asking(call) },
      ...{ target: { isPrivate: false }, signal: () => signal },
    });
    const kept = [...examination.blocked, ...examination.local];
    if (kept.length > 0) {
      const text = `Not called: the policy lets no tool know what the arguments hold: ${kept.join(', ')}.`;
      return withRun(call, () => Promise.resolve({ status: 'refused', text, bytes: 0 }));
    }
    const shielded = await examination.shield();
    const run: ServerFunction['run'] = async (given, stopped) => {
      const outcome = await called.run(given, stopped);
      return { ...outcome, text: restoredText(outcome.text, shielded.restorer()) };
    };
    return { ...withRun(call, run), given: argumentsIn(shielded.body) };
  }
}

function withRun(call: ToolCall, run: ServerFunction['run']): ToolCall {
  const { toolId, name, definition, receives } = call.called;
  return { ...call, called: { toolId, name, definition, receives, run } };
}

/** A call as a request of its own. */
const asking = ({ id, called, given }: ToolCall): JsonObject => ({
  messages: [
    {
      ...{ role: 'assistant', content: null },
      tool_calls: [{ id, type: 'function', function: { name: called.name, arguments: given } }],
    },
  ],
});

function argumentsIn({ messages }: JsonObject): string {
  const [call] = listIn(first(messages), 'tool_calls');
  const { function: called } = isObject(call) ? call : {};
  const given = isObject(called) ? called.arguments : undefined;
  if (typeof given !== 'string') throw new Error('the arguments of a call are gone');
  return given;
}

const first = (value: JsonValue | undefined): JsonValue | undefined =>
  Array.isArray(value) ? value[0] : undefined;

const listIn = (value: JsonValue | undefined, name: string): readonly JsonValue[] => {
  const list = isObject(value) ? value[name] : undefined;
  return Array.isArray(list) ? list : [];
};
