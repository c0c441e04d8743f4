import { contextWords, findContext } from '../context.js';
import { Rank, type Rule } from '../rule.js';
import type { Scan } from '../scan.js';
import { NearbyWords } from './nearby-words.js';

const BIRTH = contextWords(
  `birth birthday birthdate birthdates dateofbirth dob dobs born bday yob geboren geborene geborener geb geburt geburtsdatum
   geburtstag geburtsjahr naissance né née nacimiento nacido nacida nascita nato nata nascimento nascido nascida geboorte
   geboortedatum urodzenia urodzony urodzona ur född födelsedatum fødselsdato født doğum syntymäaika syntynyt`,
  `admitted admission discharged discharge died deceased death issued issue expires expiry expiration hired joined visit
   visited seen appointment examination examined created updated signed married wedding invoice due aufnahme entlassung
   entlassen gestorben verstorben ausgestellt untersuchung termin`,
);

/** Certain enough beside its word that it takes the place of the plain date. */
const DATE_OF_BIRTH: Rule = {
  type: 'DATE_OF_BIRTH',
  recognizer: 'date-of-birth',
  rule: 'date-with-birth-word',
  score: 0.4,
  rank: Rank.Checksum,
  context: BIRTH,
};
const BIRTH_SCORE = 0.9;

const WORDS = new NearbyWords(BIRTH.keys());

/** Reports a date, and as a date of birth besides where the nearest word or a label says so. */
export function reportDate(scan: Scan, rule: Rule, start: number, end: number): void {
  scan.report(rule, start, end);
  if (!scan.wants('DATE_OF_BIRTH')) return;
  const isNear = WORDS.isNear(scan.text, start, end) || WORDS.inLabels(scan.labels);
  const hit = isNear ? findContext(scan.text, start, end, DATE_OF_BIRTH, scan.labels) : undefined;
  if (hit?.direction === 1) scan.note(DATE_OF_BIRTH, start, end, BIRTH_SCORE, hit.word, hit.place);
  else scan.reject(DATE_OF_BIRTH, start, end, hit === undefined ? 'no-context' : 'negative-context');
}
