import type { FoundPassage } from '../../knowledge/index.js';
import type { Assistant } from '../assistant-models.js';
import type { Citation } from '../built-in-model.js';
import { isObject, type JsonObject, type JsonValue } from '../json.js';
import { CitationMarks } from './citation-marks.js';
import { citationOf } from './grounded-request.js';
import type { Sources } from './grounding.service.js';

/** What was put into a request that a model of this server quotes from. */
interface Added {
  readonly sources: Sources;
  /** Whose instructions, where there are any, come before all messages of the client. */
  readonly assistant: Assistant | undefined;
}

/**
 * Where a quotation of a model of this server stands: in a source, or in an assistant's instructions, when the message it is
 * from was put in for these, or else in the message as the client counts it.
 */
export function placed(citation: Citation, { sources, assistant }: Added): Citation | JsonObject {
  const { passages, at } = sources;
  const { message, start, end, text, score } = citation;
  const before = assistant && assistant.instructions !== '' ? 1 : 0;
  if (assistant && message < before) return { assistant_id: assistant.id, start, end, text, score };
  const passage = message < at ? undefined : passages[message - at];
  if (!passage) {
    const isBehind = message >= at;
    return { ...citation, message: message - before - (isBehind ? passages.length : 0) };
  }
  const place = { start: passage.start + start, end: passage.start + end, text };
  return { ...citationOf(passage, message - at + 1), ...place, score };
}

/** The whole answer of a model server, with the sources that it names. */
export function withCitations(answer: JsonObject, { passages }: Sources): JsonObject {
  if (passages.length === 0) return answer;
  const marks = new CitationMarks(passages);
  for (const text of textsOf(answer, 'message')) marks.read(`${text}\n`);
  return { ...answer, citations: marks.citations as unknown as JsonValue };
}

/** The sources that a whole answer was given; a model server's own words for its sources are none. */
export const citationsIn = ({ citations }: JsonObject, { passages }: Sources): JsonObject[] =>
  passages.length > 0 && Array.isArray(citations) ? citations.filter(isObject) : [];

/** Reads an answer as it is streamed to the client, and says at the end which sources it named. */
export class CitedStream {
  private readonly marks: CitationMarks;

  constructor(passages: readonly FoundPassage[]) {
    this.marks = new CitationMarks(passages);
  }

  /** @param events whole ones, as they are written */
  read(events: string): void {
    for (const event of events.split('\n\n')) {
      if (!event.startsWith('data: {')) continue;
      const chunk: unknown = JSON.parse(event.slice('data: '.length).replaceAll('\ndata: ', '\n'));
      if (isObject(chunk)) for (const text of textsOf(chunk, 'delta')) this.marks.read(text);
    }
  }

  /** The sources that were named so far. */
  get citations(): CitationMarks['citations'] {
    return this.marks.citations;
  }

  /** A chunk without choices, as the one with the usage is. */
  event(id: string, model: string): string {
    const head = { id, object: 'chat.completion.chunk', created: Math.floor(Date.now() / 1000), model };
    return `data: ${JSON.stringify({ ...head, choices: [], citations: this.marks.citations })}\n\n`;
  }
}

function textsOf({ choices }: JsonObject, part: 'message' | 'delta'): string[] {
  if (!Array.isArray(choices)) return [];
  return choices.flatMap((choice) => {
    const said = isObject(choice) ? choice[part] : undefined;
    return isObject(said) && typeof said.content === 'string' ? [said.content] : [];
  });
}
