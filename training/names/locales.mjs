// The invented people, places and companies of the locales of @faker-js/faker (MIT, a development dependency).
import { allLocales, base, en, Faker } from '@faker-js/faker';

/** Locales written in Latin letters with names of their own, by how often they are taken. */
const WEIGHTS = {
  en: 30,
  en_GB: 8,
  en_US: 6,
  en_CA: 2,
  en_AU: 3,
  en_IE: 2,
  en_NG: 2,
  en_IN: 3,
  en_ZA: 2,
  en_GH: 1,
  en_HK: 1,
  de: 8,
  de_AT: 2,
  de_CH: 2,
  fr: 6,
  fr_CA: 2,
  fr_BE: 1,
  fr_CH: 1,
  es: 6,
  es_MX: 3,
  it: 5,
  nl: 4,
  nl_BE: 2,
  pt_PT: 2,
  pt_BR: 4,
  pl: 4,
  sv: 4,
  da: 4,
  nb_NO: 4,
  fi: 4,
  cs_CZ: 3,
  sk: 2,
  hu: 3,
  hr: 2,
  sl_SI: 2,
  sr_RS_latin: 2,
  ro: 2,
  ro_MD: 1,
  tr: 3,
  lv: 2,
  vi: 2,
  id_ID: 2,
  az: 1,
  eo: 1,
  yo_NG: 1,
  zu_ZA: 1,
  af_ZA: 1,
  cy: 1,
};
/** Other scripts: a few, so that names in them are seen. */
const OTHER_SCRIPTS = { el: 4, ru: 3, uk: 2, mk: 1, hy: 1, ka_GE: 1, he: 1, ar: 1 };
const OTHER_SHARE = 0.03;

const KNOWN = Object.entries({ ...WEIGHTS, ...OTHER_SCRIPTS }).filter(([name]) => allLocales[name]);
const FAKERS = new Map(KNOWN.map(([name]) => [name, new Faker({ locale: [allLocales[name], en, base] })]));
const LATIN = KNOWN.filter(([name]) => WEIGHTS[name]);
const OTHERS = KNOWN.filter(([name]) => OTHER_SCRIPTS[name]);

function weighted(random, entries) {
  const total = entries.reduce((sum, [, weight]) => sum + weight, 0);
  let left = random.next() * total;
  for (const [name, weight] of entries) {
    left -= weight;
    if (left < 0) return name;
  }
  return entries[0][0];
}

/** Locales as they come up in the world's mail. */
export const anyLocale = (random) => weighted(random, random.next() < OTHER_SHARE ? OTHERS : LATIN);
export const latinLocale = (random) => weighted(random, LATIN);

/** The faker of a locale, seeded anew, so that nothing depends on what was asked before. */
export function fakerOf(locale, random) {
  const faker = FAKERS.get(locale) ?? FAKERS.get('en');
  faker.seed(random.below(2 ** 31));
  return faker;
}

const strings = (data) => {
  if (typeof data === 'string') return data.includes('{{') ? [] : [data];
  return data && typeof data === 'object' ? Object.values(data).flatMap(strings) : [];
};
const lists = new Map();

/** All strings of one part of a locale's data, `[]` where it has none. */
export function listOf(locale, group, name) {
  const key = `${locale}/${group}/${name}`;
  const list = lists.get(key) ?? [...new Set(strings(allLocales[locale]?.[group]?.[name]))];
  lists.set(key, list);
  return list;
}
