// Writes src/redaction/engine/names/names.generated.ts from the person, word and location data of @faker-js/faker
// (MIT, a development dependency). `--check` compares instead of writing.
import { readFileSync, writeFileSync } from 'node:fs';
import { allLocales } from '@faker-js/faker';

const TARGET = new URL('../src/redaction/engine/names/names.generated.ts', import.meta.url);
const NO_REAL_LOCALE = new Set(['base', 'en_BORK']);
const LATIN_WORD = /^\p{Script=Latin}[\p{Script=Latin}\p{M}'’-]*$/u;

const locales = Object.entries(allLocales)
  .filter(([name]) => !NO_REAL_LOCALE.has(name))
  .map(([, locale]) => locale);
const { en } = allLocales;

function* strings(data) {
  if (typeof data === 'string') yield data;
  else if (data !== null && typeof data === 'object')
    for (const value of Object.values(data)) yield* strings(value);
}

/** Single lower-cased Latin words of at least `shortest` letters; templates such as `{{person.last_name}}` are left out. */
function words(sources, { split, shortest }) {
  const found = new Set();
  for (const text of strings(sources)) {
    if (text.includes('{{')) continue;
    const parts = split ? text.split(/[\s/,()-]+/) : [text];
    for (const part of parts) {
      const word = part.normalize('NFC').replaceAll('’', "'").replace(/[.]$/, '');
      if (word.length >= shortest && LATIN_WORD.test(word)) found.add(word.toLowerCase());
    }
  }
  return found;
}

const capitalised = (sources) => [...strings(sources)].filter((name) => /^\p{Lu}/u.test(name));

const firstNames = words(
  capitalised(locales.map(({ person }) => [person?.first_name, person?.middle_name])),
  { split: true, shortest: 2 },
);
const lastNames = words(capitalised(locales.map(({ person }) => person?.last_name)), {
  split: true,
  shortest: 2,
});
const cities = words(
  [locales.map(({ location }) => [location?.city_name, location?.state]), en.location.county],
  { split: false, shortest: 3 },
);
const countries = words(
  [
    locales.map(({ location }) => location?.country),
    en.location.continent,
    en.location.language.map(({ name }) => name),
  ],
  { split: false, shortest: 3 },
);
const common = words(
  [
    en.word,
    en.commerce,
    en.company,
    en.hacker,
    en.color,
    en.database,
    en.finance,
    [en.person.job_area, en.person.job_descriptor, en.person.job_type, en.person.bio_part],
    [en.location.direction, en.location.street_suffix],
  ],
  { split: true, shortest: 2 },
);

function declaration(name, comment, set) {
  const list = [...set].sort().join(' ');
  const quote = list.includes("'") ? '"' : "'";
  return `/** ${comment} */\nexport const ${name} =\n  ${quote}${list}${quote};\n`;
}

const content = [
  '// Written by scripts/build-name-lists.mjs from @faker-js/faker (MIT). Do not edit.\n',
  declaration('FIRST_NAMES', 'Given and middle names of all Latin-script locales, lower-cased.', firstNames),
  declaration('LAST_NAMES', 'Family names of all Latin-script locales, lower-cased.', lastNames),
  declaration('CITIES', 'One-word cities, states and counties, lower-cased.', cities),
  declaration('COUNTRIES', 'One-word countries, continents and languages, lower-cased.', countries),
  declaration('COMMON_WORDS', 'English words that stand in titles and headings, lower-cased.', common),
].join('\n');

if (process.argv.includes('--check')) {
  if (readFileSync(TARGET, 'utf8') !== content) {
    console.error('names.generated.ts is out of date: run node scripts/build-name-lists.mjs');
    process.exitCode = 1;
  }
} else {
  writeFileSync(TARGET, content);
}
console.log(
  `${firstNames.size} first, ${lastNames.size} last, ${cities.size} cities, ${countries.size} countries, ${common.size} common words`,
);
