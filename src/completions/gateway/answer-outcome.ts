import { RunningSha256 } from '../../platform/digest/running-sha256.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import type { ReceiptEnd, Usage } from '../receipts/receipt.js';

const isCount = (value: JsonValue | undefined): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;

/** Tokens as a model server counts them; undefined when it does not say, or not in numbers. */
function usageOf(value: JsonValue | undefined): Usage | undefined {
  if (!isObject(value)) return undefined;
  const { prompt_tokens, completion_tokens, total_tokens } = value;
  if (!isCount(prompt_tokens) || !isCount(completion_tokens)) return undefined;
  const total = isCount(total_tokens) ? total_tokens : prompt_tokens + completion_tokens;
  return { prompt_tokens, completion_tokens, total_tokens: total };
}

/** Words of a protocol: what else a model server writes there is not kept. */
const isWord = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && /^[a-z_]{1,40}$/.test(value);

const isShortId = (value: JsonValue | undefined): value is string =>
  typeof value === 'string' && /^[\w.:-]{1,100}$/.test(value);

/** What is noted of an answer while it passes: numbers, states and a digest, and nothing of what it says. */
export class AnswerOutcome {
  private readonly hash = new RunningSha256();
  private digest: Buffer | undefined;
  private readonly reasons = new Set<string>();
  private bytes = 0;
  usage: Usage | undefined;
  /** As the model server calls the completion. */
  completionId: string | undefined;

  get finishReasons(): string[] {
    return [...this.reasons];
  }

  /** Of what was handed on, when that is all; undefined where it is nothing. */
  get answer(): ReceiptEnd['answer'] {
    if (this.bytes === 0) return undefined;
    this.digest ??= this.hash.digest();
    return { sha256: this.digest, bytes: this.bytes };
  }

  /** Notes an answer, or a part of one, as it came. */
  note({ id, usage, choices }: JsonObject): void {
    this.usage = usageOf(usage) ?? this.usage;
    if (this.completionId === undefined && isShortId(id)) this.completionId = id;
    if (!Array.isArray(choices)) return;
    for (const choice of choices)
      if (isObject(choice) && isWord(choice.finish_reason)) this.reasons.add(choice.finish_reason);
  }

  /** Notes what is handed on to the client. */
  passed(text: string): void {
    const bytes = Buffer.from(text);
    this.hash.update(bytes);
    this.bytes += bytes.length;
  }
}
