import { TermReader } from '../../knowledge/index.js';

/** Words that say the same when something is asked, and signs by which a text says it without any of them. */
interface Concept {
  readonly words: string;
  readonly sign?: RegExp;
}

const CONCEPTS: readonly Concept[] = [
  {
    words: 'price cost expensive fee',
    sign: /[$€£¥]\s?\d|\d\s?(?:€|(?:eur|usd|gbp|chf|dollars?|euros?|pounds sterling|cents?)\b)/i,
  },
  { words: 'weight weigh heavy', sign: /\d\s?(?:kg|g|lbs?|oz|kilograms?|grams?|pounds|tons|tonnes)\b/i },
  { words: 'telephone phone', sign: /\+\d[\d ()-]{6,}|\b\d{3}[- ]\d{3,4}\b/ },
  { words: 'email mail', sign: /[\w.+-]+@[\w-]+\.\w/ },
  { words: 'website url homepage', sign: /https?:\/\/|\bwww\./i },
  { words: 'temperature hot cold warm degrees', sign: /°|\bdegrees\b/i },
  { words: 'begin start commence began begun' },
  { words: 'end finish conclude expire expiry' },
  { words: 'buy purchase bought order' },
  { words: 'sell sold sale' },
  { words: 'fit suit compatible match' },
  { words: 'repair fix mend' },
  { words: 'return refund' },
  { words: 'deliver delivery ship shipment shipping' },
  { words: 'create invent design develop build built manufacture produce' },
  { words: 'found establish founder founded' },
  { words: 'locate location situated address' },
  { words: 'live reside dwell' },
  { words: 'employee staff worker personnel' },
  { words: 'manager boss chief ceo director head lead led leader manage' },
  { words: 'car vehicle automobile' },
  { words: 'size big large dimension' },
  { words: 'quick fast speed' },
  { words: 'reach contact' },
  { words: 'warranty guarantee' },
  { words: 'doctor physician' },
  { words: 'illness ill sick disease' },
  { words: 'medicine drug medication' },
  { words: 'treatment treat therapy' },
  { words: 'reply respond response' },
  { words: 'require need necessary' },
  { words: 'permit allow' },
  { words: 'forbid forbidden prohibit ban banned' },
  { words: 'child children kid' },
  { words: 'war conflict' },
  { words: 'die died death dead' },
  { words: 'born birth' },
  { words: 'marry marriage spouse wife husband' },
  { words: 'color colour' },
  { words: 'vacation holiday' },
  { words: 'salary wage' },
  { words: 'written wrote write author' },
  { words: 'hold held' },
  { words: 'sit sat seat' },
  { words: 'store stored keep kept' },
  { words: 'forget forgot forgotten' },
  { words: 'leave left depart departure' },
  { words: 'arrive arrival' },
  { words: 'help support' },
  { words: 'let permission approve approval' },
  { words: 'taken took take' },
  { words: 'given gave give' },
  { words: 'sent send' },
  { words: 'won win winner' },
  { words: 'lost lose loss' },
  { words: 'teach taught teacher' },
  { words: 'spoke spoken speak' },
  { words: 'choose chosen chose select' },
  { words: 'grew grown grow growth' },
];

const BY_TERM = new Map<string, string>();
const SIGNS = new Map<string, RegExp>();

const reader = new TermReader();
for (const { words, sign } of CONCEPTS) {
  const [name = '', ...others] = words.split(' ').map((word) => reader.termOf(word));
  for (const term of [name, ...others]) BY_TERM.set(term, name);
  if (sign) SIGNS.set(name, sign);
}

/** One term for all that say the same. */
export const conceptOf = (term: string): string => BY_TERM.get(term) ?? term;

/** The sign by which a text says a concept without naming it, where there is one. */
export const signOf = (concept: string): RegExp | undefined => SIGNS.get(concept);
