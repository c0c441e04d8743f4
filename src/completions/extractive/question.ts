import { type Sentence, sentencesOf, TermReader } from '../../knowledge/index.js';
import { type AnswerKind, answerKindOf } from './answer-kind.js';
import { conceptOf } from './concepts.js';

/** A question, by what an answer must have of it. */
export interface Question {
  readonly text: string;
  /** Concepts of its words, each once, with how much it counts that a text has them. */
  readonly concepts: ReadonlyMap<string, number>;
  readonly kind: AnswerKind | undefined;
}

/** Words of questions that say nothing of what is asked. */
const FILLERS = conceptsOf(
  `please tell give explain describe show list find know want wonder help mention say said state answer question context
  passage text according document information following based provided thank thanks hello hi exactly currently detail`,
);
/** Words that say little of it: an answer need not have them. */
const FAINT = conceptsOf(
  `name call called kind type sort way thing amount number happen use used get go come take make work day date year time month
  people person many long old far often main able possible become include including involve mean need require`,
);
const FAINT_WEIGHT = 0.35;
/** Names, numbers and codes must be right above all. */
const NAMED_WEIGHT = 1.6;

function conceptsOf(words: string): ReadonlySet<string> {
  const reader = new TermReader();
  return new Set(words.split(/\s+/).map((word) => conceptOf(reader.termOf(word))));
}

const REQUEST =
  /^(?:(?:please|kindly|and|so|now|ok|okay|hi|hello)[\s,]+)*(?:tell|give|show|list|explain|describe|find|name|state|say|summari[sz]e|quote|extract|identify|look up|(?:can|could|would|will) you|i(?:'d| would) (?:like|want) to know|i want to know)\b/i;
const OPENS_QUESTION =
  /^(?:and\s+|so\s+|but\s+)?(?:what|which|who|whom|whose|when|where|why|how|is|are|was|were|do|does|did|can|could|may|must|should|will|would|has|have)\b/i;
const ENDS_QUESTION = /[?？]["'”’)\]»*_]*$/;

export const isQuestion = (sentence: string): boolean => ENDS_QUESTION.test(sentence);
export const isRequest = (sentence: string): boolean => REQUEST.test(sentence);

const isNamed = (word: string, start: number): boolean =>
  /\d/.test(word) || (start > 0 && /^\p{Lu}/u.test(word));

/** Reads what a question asks for. */
export function readQuestion(text: string, reader: TermReader): Question {
  const concepts = new Map<string, number>();
  for (const { term, start, end } of reader.termsOf(text)) {
    const concept = conceptOf(term);
    if (FILLERS.has(concept)) continue;
    const word = text.slice(start, end);
    const weight = FAINT.has(concept) ? FAINT_WEIGHT : isNamed(word, start) ? NAMED_WEIGHT : 1;
    concepts.set(concept, Math.max(weight, concepts.get(concept) ?? 0));
  }
  return { text, concepts, kind: answerKindOf(text) };
}

/** A sentence of one of several texts. */
export interface PlacedSentence extends Sentence {
  readonly text: string;
  /** Index of the text. */
  readonly source: number;
}

const MOST_QUESTIONS = 3;
const LONGEST_QUESTION = 300;

/** The last questions that follow one another, in order. */
function lastRun(
  sentences: readonly PlacedSentence[],
  isAsking: (text: string) => boolean,
): PlacedSentence[] {
  const last = sentences.findLastIndex(({ text }) => isAsking(text));
  if (last < 0) return [];
  let first = last;
  while (first > 0 && last - first + 1 < MOST_QUESTIONS && isAsking(sentences[first - 1]?.text ?? ''))
    first--;
  return sentences.slice(first, last + 1);
}

/**
 * Which sentences of the last message ask. Those with a question mark; else those that demand; else those that begin as
 * questions do; else, in a short message, all of it, and in a long one its last sentence, or its first where the last
 * is no sentence of a person's.
 */
export function questionsAmong(sentences: readonly PlacedSentence[]): PlacedSentence[] {
  for (const isAsking of [isQuestion, isRequest, (text: string) => OPENS_QUESTION.test(text)]) {
    const run = lastRun(sentences, isAsking);
    if (run.length > 0) return run;
  }
  if (sentences.length <= 2) return [...sentences];
  const last = sentences.at(-1);
  return (
    last && last.text.length <= LONGEST_QUESTION ? [last] : sentences.slice(0, 1)
  ) satisfies PlacedSentence[];
}

/** The sentences of several texts; pauses now and then, since they may be long. */
export function* placeSentences(texts: readonly string[]): Generator<void, PlacedSentence[]> {
  const placed: PlacedSentence[] = [];
  for (const [source, text] of texts.entries())
    for (const sentence of sentencesOf(text)) {
      placed.push({ ...sentence, source, text: text.slice(sentence.body, sentence.end) });
      if (placed.length % 64 === 0) yield;
    }
  return placed;
}
