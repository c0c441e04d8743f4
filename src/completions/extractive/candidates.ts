import { QueryCollection, type Sentence, sentencesOf, type TermReader } from '../../knowledge/index.js';
import { conceptOf, signOf } from './concepts.js';
import type { GivenText } from './given-texts.js';
import { isQuestion, isRequest, type Question } from './question.js';

/** A text that an answer may quote, but for some of its sentences. */
export interface Passage {
  readonly given: GivenText;
  /** Where sentences begin that are not to be quoted, since they ask. */
  readonly asking: ReadonlySet<number>;
}

/** A sentence that may be the answer. Offsets are UTF-16 code units of the text it stands in, end exclusive. */
export interface Candidate {
  readonly given: GivenText;
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** The question's concepts that it has by itself or by where it stands, with how much that counts: 0 to 1. */
  readonly presence: ReadonlyMap<string, number>;
  /** Whether it follows a question that the text itself asks. */
  readonly isReply: boolean;
  /** Its number in the collection; undefined when it has no concept itself. */
  readonly document: number | undefined;
}

/** Told to the assistant, which is nothing to quote. */
const INSTRUCTION =
  /^(?:you (?:are|act|must|should|will|can|may|have to|need to)\b|act as\b|your (?:task|job|role|goal|name)\b|(?:please )?(?:answer|respond|reply)\b|(?:only )?use (?:only )?(?:the|this|these)\b.*\b(?:context|following|below|information|passages?|documents?)\b|if you (?:do not|don[’']t|cannot|can[’']t)\b|do not (?:make|invent|guess|answer)\b|be (?:brief|concise|polite|helpful|honest|short)\b|always\b|never\b|here (?:is|are) (?:the|some)\b)/i;

/** Words near its beginning by which a sentence refers to what came before it. */
const REFERS_BACK =
  /^(?:[^\s,]+,?\s+){0,2}(?:it|its|he|she|his|her|they|their|them|this|these|that|those|such|both|there)\b/i;

/** What a sentence stands under counts less than what it says. */
const BY_QUESTION = 0.95;
const BY_QUESTION_BEFORE = 0.6;
const BY_HEADING = 0.7;
const BY_TITLE = 0.5;
const BY_OPENING = 0.5;
const BY_REFERENCE = 0.7;
const BY_NEIGHBOUR = 0.25;

/** How many sentences after a heading or a question may answer it without a word of it. */
const REACH = 2;

const NOTHING: ReadonlySet<string> = new Set();

/** What the sentences of one text stand under and after. */
class Surroundings {
  private title = NOTHING;
  private heading = NOTHING;
  private asked = NOTHING;
  private opening = NOTHING;
  private previous = NOTHING;
  private block = -1;
  private since = Number.POSITIVE_INFINITY;

  addHeading(concepts: ReadonlySet<string>, isFirst: boolean): void {
    if (isFirst) this.title = concepts;
    this.heading = concepts;
    this.begin();
  }

  addQuestion(concepts: ReadonlySet<string>): void {
    this.begin();
    this.asked = concepts;
  }

  addSentence(concepts: ReadonlySet<string>, block: number): void {
    if (block !== this.block) this.opening = concepts;
    this.block = block;
    this.previous = concepts;
    this.since += 1;
  }

  /** Whether the sentence that comes answers a question that the text itself asks. */
  get isReply(): boolean {
    return this.since === 0 && this.asked.size > 0;
  }

  /** Whether a sentence may answer that has no word of the question itself. */
  get speaksForItself(): boolean {
    return this.since < REACH && this.asked.size + this.heading.size > 0;
  }

  presenceFor(text: string, own: ReadonlySet<string>, block: number): Map<string, number> {
    const presence = new Map<string, number>();
    const add = (concepts: ReadonlySet<string>, strength: number): void => {
      for (const concept of concepts) presence.set(concept, Math.max(strength, presence.get(concept) ?? 0));
    };
    add(own, 1);
    if (this.since < REACH) add(this.asked, this.since === 0 ? BY_QUESTION : BY_QUESTION_BEFORE);
    add(this.heading, BY_HEADING);
    add(this.title, BY_TITLE);
    if (block === this.block) add(this.opening, BY_OPENING);
    add(this.previous, REFERS_BACK.test(text) ? BY_REFERENCE : BY_NEIGHBOUR);
    return presence;
  }

  private begin(): void {
    this.asked = NOTHING;
    this.opening = NOTHING;
    this.previous = NOTHING;
    this.since = 0;
  }
}

const isUnfit = (text: string, { given, asking }: Passage, { start }: Sentence): boolean =>
  asking.has(start) ||
  (given.role === 'user' ? isRequest(text) : given.role !== 'tool' && INSTRUCTION.test(text));

/** Reads sentences in search of one question's answer. */
export class CandidateSearch {
  readonly collection: QueryCollection;
  readonly candidates: Candidate[] = [];
  private readonly signs: ReadonlyMap<string, RegExp>;

  constructor(
    private readonly question: Question,
    private readonly reader: TermReader,
  ) {
    this.collection = new QueryCollection(question.concepts.keys());
    this.signs = new Map(
      [...question.concepts.keys()].flatMap((concept): [string, RegExp][] => {
        const sign = signOf(concept);
        return sign ? [[concept, sign]] : [];
      }),
    );
  }

  /** Reads one text; pauses after each sentence. */
  *read(passage: Passage): Generator<void, void> {
    const { text } = passage.given;
    const surroundings = new Surroundings();
    let isFirst = true;
    for (const sentence of sentencesOf(text)) {
      this.consider(passage, sentence, surroundings, isFirst);
      isFirst = false;
      yield;
    }
  }

  private consider(passage: Passage, sentence: Sentence, surroundings: Surroundings, isFirst: boolean): void {
    const { given } = passage;
    const { body: start, end, kind, block } = sentence;
    const text = given.text.slice(start, end);
    const all = [...this.conceptsOf(text)];
    const own = new Set(all.filter((concept) => this.question.concepts.has(concept)));
    if (kind === 'heading') surroundings.addHeading(own, isFirst);
    else if (isUnfit(text, passage, sentence)) return;
    else if (isQuestion(text)) surroundings.addQuestion(own);
    else {
      const match = this.collection.add(all);
      if (match || surroundings.speaksForItself)
        this.candidates.push({
          given,
          start,
          end,
          text,
          presence: surroundings.presenceFor(text, own, block),
          isReply: surroundings.isReply,
          document: match?.document,
        });
      surroundings.addSentence(own, block);
    }
  }

  private *conceptsOf(text: string): Generator<string, void> {
    for (const { term } of this.reader.termsOf(text)) yield conceptOf(term);
    for (const [concept, sign] of this.signs) if (sign.test(text)) yield concept;
  }
}
