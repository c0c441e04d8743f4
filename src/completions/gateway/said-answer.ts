import type { AnswerToKeep } from '../chat-turns.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';

interface Call {
  id: string;
  type: string;
  name: string;
  arguments: string;
}

const textOf = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** What the first choice of an answer says, whole or in the parts of a stream, as it is handed on. */
export class SaidAnswer {
  private readonly pieces: string[] = [];
  private readonly calls = new Map<number, Call>();
  private citations: readonly JsonObject[] = [];

  get isEmpty(): boolean {
    return this.pieces.length === 0 && this.calls.size === 0;
  }

  get message(): Pick<AnswerToKeep, 'content' | 'toolCalls' | 'citations'> {
    const toolCalls = [...this.calls.entries()]
      .sort(([a], [b]) => a - b)
      .map(([, { id, type, name, arguments: given }]) => ({
        id,
        type,
        function: { name, arguments: given },
      }));
    const isSilent = this.pieces.length === 0 && toolCalls.length > 0;
    return { content: isSilent ? null : this.pieces.join(''), toolCalls, citations: this.citations };
  }

  /** Notes what the answer draws from. */
  cite(citations: readonly object[]): void {
    this.citations = citations.map((citation) => ({ ...citation }));
  }

  /** Takes a whole answer, or the next part of one. */
  add({ choices }: JsonObject): void {
    if (!Array.isArray(choices)) return;
    for (const choice of choices) {
      if (!isObject(choice) || (choice.index ?? 0) !== 0) continue;
      const said = choice.message ?? choice.delta;
      if (isObject(said)) this.take(said);
    }
  }

  /** The same of a part that brings a piece of one choice's content and nothing else. */
  addContent(choice: number, piece: string): void {
    if (choice === 0 && piece !== '') this.pieces.push(piece);
  }

  private take({ content, refusal, tool_calls: calls }: JsonObject): void {
    const text = textOf(content) || textOf(refusal);
    if (text !== '') this.pieces.push(text);
    if (!Array.isArray(calls)) return;
    for (const [at, call] of calls.entries()) if (isObject(call)) this.takeCall(call, at);
  }

  private takeCall({ index, id, type, function: called }: JsonObject, at: number): void {
    const place = typeof index === 'number' ? index : at;
    const known = this.calls.get(place) ?? { id: '', type: '', name: '', arguments: '' };
    const { name, arguments: given } = isObject(called) ? called : {};
    this.calls.set(place, {
      id: known.id || textOf(id),
      type: known.type || textOf(type) || 'function',
      name: known.name + textOf(name),
      arguments: known.arguments + textOf(given),
    });
  }
}
