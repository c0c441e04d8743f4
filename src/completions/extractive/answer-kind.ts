/** What an answer must hold. */
export type AnswerKind = 'number' | 'duration' | 'time' | 'person' | 'place';

const KINDS: readonly (readonly [AnswerKind, RegExp])[] = [
  [
    'time',
    /\bwhen\b|\b(?:what|which) (?:date|day|year|month|time|hour|century)\b|\bhow (?:late|early|soon)\b/i,
  ],
  ['duration', /\bhow (?:long|old|often)\b/i],
  [
    'number',
    /\bhow (?:many|much|far|big|tall|high|heavy|fast|large|deep|wide|thick|hot|cold)\b|\b(?:what|which)(?: is|'s|’s)? (?:the )?(?:\w+ )?(?:number|amount|percentage|price|cost|weight|height|length)\b/i,
  ],
  ['person', /\bwho(?:m|se|['’]s)?\b/i],
  ['place', /\bwhere\b/i],
];

/** What a question wants to know, as far as its first words tell. */
export const answerKindOf = (question: string): AnswerKind | undefined =>
  KINDS.find(([, form]) => form.test(question))?.[0];

const NUMBER_WORDS =
  'one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|million|half|once|twice|daily|weekly|monthly|yearly|annually|dozen|none|no';

const FORMS: Readonly<Record<AnswerKind, RegExp>> = {
  number: new RegExp(`\\d|\\b(?:${NUMBER_WORDS})\\b`, 'i'),
  duration: new RegExp(
    `(?:\\d|\\b(?:${NUMBER_WORDS}))\\W+(?:\\w+\\W+)?(?:s|h|d|sec|min|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|times?|summers?|winters?|m|cm|mm|km|miles?|feet|met(?:er|re)s?)\\b` +
      '|\\b(?:until|since|always|never|forever|life|lifelong|daily|weekly|monthly|yearly|annually|once|twice|every|each|per)\\b',
    'i',
  ),
  time: new RegExp(
    '\\d|\\b(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:[a-z]*)\\b|\\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?\\b' +
      '|\\b(?:noon|midnight|morning|evening|afternoon|night|spring|summer|autumn|winter|today|tomorrow|yesterday|daily|weekly|century|easter|christmas|before|after|until|during|once|as soon as|within)\\b',
    'i',
  ),
  person: /\s["'(“‘]?\p{Lu}\p{Ll}|\b(?:he|she|his|her|i|my|we|our)\b/u,
  place: /\b(?:in|at|on|near|under|from|to|behind|beside|between|inside|outside|into|next|left|right|via)\b/i,
};

/** Whether a sentence holds what an answer of the kind must. */
export const hasAnswer = (kind: AnswerKind, sentence: string): boolean => FORMS[kind].test(sentence);
