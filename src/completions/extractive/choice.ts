import { TermReader } from '../../knowledge/index.js';
import { CandidateSearch, type Passage } from './candidates.js';
import type { Conversation, GivenText } from './given-texts.js';
import {
  type PlacedSentence,
  placeSentences,
  type Question,
  questionsAmong,
  readQuestion,
} from './question.js';
import { type Ranked, rank, sum } from './ranking.js';
import { MOST_SENTENCES, select } from './selection.js';

/** A last message says something of its own, beside asking, from so many further sentences on. */
const LEAST_OWN_SENTENCES = 3;

const PRONOUN = /\b(?:it|its|they|them|their|he|him|his|she|her|this|that|these|those|there|one|ones)\b/i;

/** How much what was asked before counts, all of it together, beside what is asked now. */
const BACKGROUND_SHARE = 0.6;

const NO_ASKING: ReadonlySet<number> = new Set();

const passage = (given: GivenText): Passage => ({ given, asking: NO_ASKING });

/** The texts of the last message, without the sentences that ask. */
const ownPassages = (last: readonly GivenText[], asking: readonly PlacedSentence[]): Passage[] =>
  last.map((given, index) => ({
    given,
    asking: new Set(asking.filter(({ source }) => source === index).map(({ start }) => start)),
  }));

/** A question that refers to what was asked before has that in it too, though less. */
function* withBackground(
  question: Question,
  { earlierUser: [previous] }: Conversation,
  reader: TermReader,
): Generator<void, Question> {
  const isClear = question.concepts.size > 1 && !PRONOUN.test(question.text);
  if (!previous || isClear) return question;
  const sentences = yield* placeSentences([previous.text]);
  const asked = questionsAmong(sentences).at(-1);
  if (!asked) return question;
  const background = [...readQuestion(asked.text, reader).concepts].filter(
    ([concept]) => !question.concepts.has(concept),
  );
  const weight = sum(question.concepts.values());
  const share = weight === 0 ? 1 : (BACKGROUND_SHARE * weight) / sum(background.map(([, one]) => one));
  const scaled = background.map(([concept, one]): [string, number] => [concept, one * Math.min(1, share)]);
  const concepts = new Map([...question.concepts, ...scaled]);
  return { ...question, concepts };
}

/** The sentences that answer what the last message asks, each with its score; none where nothing does. */
export function* choose(conversation: Conversation): Generator<void, Ranked[]> {
  const reader = new TermReader();
  const sentences = yield* placeSentences(conversation.last.map(({ text }) => text));
  const asking = questionsAmong(sentences);
  const own = sentences.length - asking.length;
  const isOwnKnowledge =
    own > 0 && (own >= LEAST_OWN_SENTENCES || conversation.before.every(({ text }) => text.trim() === ''));
  const passages = [
    ...conversation.before.map(passage),
    ...(isOwnKnowledge ? ownPassages(conversation.last, asking) : []),
  ];
  const found: Ranked[][] = [];
  for (const { text } of asking) {
    const question = yield* withBackground(readQuestion(text, reader), conversation, reader);
    const search = new CandidateSearch(question, reader);
    for (const one of passages) yield* search.read(one);
    found.push(select(rank(question, search), reader));
  }
  return inTurns(found);
}

/** The best of each question, then the second of each, as many as fit, each sentence once. */
function inTurns(found: readonly (readonly Ranked[])[]): Ranked[] {
  const chosen: Ranked[] = [];
  const longest = Math.max(0, ...found.map(({ length }) => length));
  for (let turn = 0; turn < longest; turn++)
    for (const ranked of found) {
      const next = ranked[turn];
      const isNew = !chosen.some(
        ({ candidate }) =>
          candidate.given === next?.candidate.given && candidate.start === next.candidate.start,
      );
      if (next && isNew && chosen.length < MOST_SENTENCES) chosen.push(next);
    }
  return chosen;
}
