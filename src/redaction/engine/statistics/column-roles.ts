import { keyLabels } from '../structure/key-words.js';
import type { ColumnKind } from './cell-values.js';

export type ColumnRole = 'identifier' | 'quasi_identifier' | 'sensitive' | 'other';

const set = (words: string): ReadonlySet<string> => new Set(words.split(/\s+/));

/** Last words of names whose values point at one person by themselves. */
const IDENTIFIERS = set(
  `id uid uuid guid name names firstname lastname fullname surname forename email mail phone telephone tel mobile fax ssn
   passport iban bic card account username login password token secret url link ip mac address mrn vorname nachname telefon
   adresse nombre apellido correo prénom prenom nom naam cognome nome street straße strasse`,
);
/** Words that may follow one. */
const SUFFIXES = set('number no nr num address id nummer');
/** Words for what many people share but few in combination: Sweeney 2000 has birth date, sex and ZIP. */
const QUASI_IDENTIFIERS = set(
  `age birth birthday birthdate born dob zip zipcode postcode postal plz sex gender race ethnicity nationality country state
   province region city town county district marital education degree occupation job profession height latitude longitude
   lat lon lng location alter geburtsdatum geburtstag ort geschlecht beruf land edad sexo ciudad fecha âge sexe ville`,
);
const POSTAL = set('zip zipcode postcode postal plz');

const wordsOf = (name: string): string[] => keyLabels(name).map((word) => word.toLowerCase());

export const isPostal = (name: string): boolean => wordsOf(name).some((word) => POSTAL.has(word));

function namesIdentifier(name: string): boolean {
  const words = wordsOf(name);
  const last = words.at(-1) ?? '';
  return IDENTIFIERS.has(last) || (SUFFIXES.has(last) && IDENTIFIERS.has(words.at(-2) ?? ''));
}

/** Share of a column's cells with direct identifiers from which it is one. */
const IDENTIFIER_SHARE = 0.5;

/**
 * What a column is, as far as its name and content tell. Names speak first, since recognizers take many a city for a
 * person.
 * @param identified share of its cells, missing ones apart, in which a direct identifier was found
 */
export function inferRole(name: string, kind: ColumnKind, identified: number): ColumnRole {
  if (namesIdentifier(name)) return 'identifier';
  if (wordsOf(name).some((word) => QUASI_IDENTIFIERS.has(word))) return 'quasi_identifier';
  if (identified >= IDENTIFIER_SHARE) return 'identifier';
  return kind === 'date' ? 'quasi_identifier' : 'other';
}
