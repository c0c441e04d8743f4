import { Injectable } from '@nestjs/common';
import { isObject, type JsonObject, type ToolRunning } from '../../completions/index.js';
import { type EgressAnswer, EgressClient } from '../../platform/egress/egress-client.service.js';
import { EgressFault } from '../../platform/egress/egress-fault.js';
import type { Caller } from '../../platform/http/request-context.js';
import { SecretLinking } from '../../secrets/index.js';
import { ArgumentChecks } from './argument-checks.service.js';
import type { ToolFunction } from './functions/tool-function.js';
import { answerWords, MOST_READ } from './requests/answer-words.js';
import { ArgumentFault, type BuiltRequest, builtRequest } from './requests/built-request.js';
import { HiddenSecrets } from './requests/hidden-secrets.js';
import type { Tool } from './tool.js';
import { type ToolSecrets, ToolSecretsReader } from './tool-secrets.service.js';

/** Longest wait for a tool's whole answer, in milliseconds. */
export const TOOL_MS = 15_000;
/** Longest arguments, in characters. */
const MOST_ARGUMENTS = 64 * 1024;

/** A call of one function of a tool. */
export interface FunctionCall {
  readonly tool: Tool;
  readonly called: ToolFunction;
  /** The arguments as the text of a JSON object. */
  readonly given: string;
  /** Asked for once it is known that the call can be made; undefined when they cannot be read. */
  readonly secrets: () => Promise<ToolSecrets | undefined>;
  readonly signal: AbortSignal;
}

/** What came of it. */
export interface FunctionRun {
  readonly status: ToolRunning.ToolRunStatus;
  /** What a model is told: no secret is in it. */
  readonly text: string;
  readonly request?: BuiltRequest;
  readonly answer?: EgressAnswer;
  readonly fault?: EgressFault;
  /** Takes the secrets out of what is shown of request and answer. */
  readonly hidden: HiddenSecrets;
}

const NO_SECRETS = new HiddenSecrets([]);

/** Calls functions of tools. */
@Injectable()
export class ToolRuns {
  constructor(
    private readonly checks: ArgumentChecks,
    private readonly secrets: ToolSecretsReader,
    private readonly egress: EgressClient,
  ) {}

  /** The secrets of a tool, read once whoever asks how often. */
  secretsOf(caller: Caller, tool: Tool): FunctionCall['secrets'] {
    let read: Promise<ToolSecrets | undefined> | undefined;
    return () => {
      read ??= this.secrets.read(caller, tool);
      return read;
    };
  }

  /** Whatever goes wrong with the call is what came of it. @throws what the signal was aborted with, and what is wrong here */
  async run(call: FunctionCall): Promise<FunctionRun> {
    const given = argumentsOf(call.given);
    if (!given) return wrong('The arguments are not a JSON object.');
    const problem = this.checks.checkOf(call.tool, call.called)(given);
    if (problem !== undefined) return wrong(`The arguments are wrong: ${problem}.`);
    const secrets = await call.secrets();
    call.signal.throwIfAborted();
    if (!secrets) {
      const text =
        "Not called: the tool's secrets cannot be read. Whoever keeps the tool has to look after it.";
      return { status: 'refused', text, hidden: NO_SECRETS };
    }
    const hidden = new HiddenSecrets(secrets.values());
    try {
      const filled = (text: string): string => SecretLinking.filled(text, secrets);
      return await this.ask(builtRequest(call.called, call.tool, given, filled), hidden, call.signal);
    } catch (error) {
      if (error instanceof ArgumentFault) return wrong(error.message);
      throw error;
    }
  }

  private async ask(request: BuiltRequest, hidden: HiddenSecrets, signal: AbortSignal): Promise<FunctionRun> {
    try {
      const answer = await this.egress.send({ ...request, maxBytes: MOST_READ, deadlineMs: TOOL_MS, signal });
      const isGood = answer.status >= 200 && answer.status < 300;
      const text = answerWords(answer, hidden);
      return { status: isGood ? 'completed' : 'failed', text, request, answer, hidden };
    } catch (fault) {
      if (!(fault instanceof EgressFault)) throw fault;
      return { status: statusOf(fault), text: `Not answered: ${fault.message}`, request, fault, hidden };
    }
  }
}

const wrong = (text: string): FunctionRun => ({ status: 'invalid_arguments', text, hidden: NO_SECRETS });

function argumentsOf(text: string): JsonObject | undefined {
  if (text.trim() === '') return {};
  if (text.length > MOST_ARGUMENTS) return undefined;
  try {
    const given: unknown = JSON.parse(text);
    return isObject(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

function statusOf({ kind }: EgressFault): ToolRunning.ToolRunStatus {
  if (kind === 'timeout') return 'timeout';
  return kind === 'address' || kind === 'url' ? 'refused' : 'failed';
}
