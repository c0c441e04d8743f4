import { Rank, type Rule } from '../../rule.js';
import { TAGGED_TYPES, type TaggedType } from './labels.js';

/** From this score on the tagger needs no second opinion. */
export const SURE = 0.6;

/** How much labels are favoured over none, in nats: what is as likely as this is looked at; its score decides. */
export const FAVOUR = 1.5;
/** From this likelihood on a finding counts by default: leaving a name in costs more than taking a word out. */
export const KNEE = 0.15;
/** What the tagger itself has found, by type. */
export const TAGGED = Object.fromEntries(
  TAGGED_TYPES.map((type) => [
    type,
    { type, recognizer: 'names', rule: 'tagger', score: 0, rank: Rank.Name } satisfies Rule,
  ]),
) as Record<TaggedType, Rule>;
/** An address with its words and numbers, rather than a number in it that looks like a phone's. */
export const WHOLE_ADDRESS: Rule = { ...TAGGED.ADDRESS, rank: Rank.Pattern };
export const LISTED_NAME: Rule = { ...TAGGED.PERSON, rule: 'listed-name', score: 0.45 };
export const LISTED_COUNTRY: Rule = { ...TAGGED.LOCATION, rule: 'listed-country', score: 0.5 };
export const STREET_AND_NUMBER: Rule = { ...TAGGED.ADDRESS, rule: 'street-and-number', score: SURE };
