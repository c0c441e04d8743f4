// A test collection made of facts: each passage states some of them in one wording, each question asks for one in another, and
// distractors share most of its words. What answers is known from how passages were made, so no judge is needed.
import { createRandom } from './random.mjs';

const PLACES =
  'Aldmoor Brackwell Corvane Dunholt Eastmere Farrow Glenside Harlow Ivesden Kestrel Larkhill Moorgate'.split(
    ' ',
  );
const THINGS = [
  { name: 'heat pump', kind: 'heating system', parts: ['compressor', 'evaporator', 'circulation pump'] },
  { name: 'wind turbine', kind: 'generator', parts: ['rotor blade', 'gearbox', 'yaw drive'] },
  { name: 'cold store', kind: 'warehouse', parts: ['door seal', 'cooling unit', 'pallet lift'] },
  { name: 'water works', kind: 'treatment plant', parts: ['sand filter', 'dosing pump', 'settling basin'] },
  {
    name: 'solar array',
    kind: 'power station',
    parts: ['string inverter', 'mounting frame', 'junction box'],
  },
  { name: 'bus depot', kind: 'garage', parts: ['charging point', 'wash bay', 'service pit'] },
  { name: 'grain silo', kind: 'storage tower', parts: ['bucket elevator', 'aeration fan', 'dust filter'] },
  { name: 'data centre', kind: 'server hall', parts: ['battery bank', 'chiller', 'fire damper'] },
];
/** What may be said of a part: two wordings of the statement, two of the question, which share few words with them. */
const ASPECTS = [
  {
    title: 'Maintenance intervals',
    says: [
      'is inspected every VALUE weeks by the technicians',
      'undergoes its inspection at intervals of VALUE weeks',
    ],
    asks: ['How often do technicians inspect the PART', 'What is the inspection interval of the PART'],
    value: (random) => 2 + random.below(50),
  },
  {
    title: 'Costs',
    says: ['costs VALUE euros to replace, fitting included', 'has a replacement price of VALUE euros'],
    asks: ['What does replacing the PART cost', 'How expensive is a replacement of the PART'],
    value: (random) => 100 * (3 + random.below(90)),
  },
  {
    title: 'Failures',
    says: [
      'failed VALUE times last year, mostly because of corrosion',
      'had VALUE failures in the last year; corrosion was the cause',
    ],
    asks: ['Why did the PART fail last year', 'How many failures of the PART were there'],
    value: (random) => 1 + random.below(20),
  },
  {
    title: 'Limits of operation',
    says: [
      'must not be operated above VALUE degrees',
      'has to be switched off when the temperature exceeds VALUE degrees',
    ],
    asks: ['Up to which temperature may one operate the PART', 'When must the PART be switched off'],
    value: (random) => 20 + random.below(100),
  },
  {
    title: 'Suppliers',
    says: ['is supplied by a manufacturer in VALUE days', 'takes the manufacturer VALUE days to deliver'],
    asks: ['How long is the delivery of a new PART', 'How fast does the manufacturer supply the PART'],
    value: (random) => 3 + random.below(80),
  },
  {
    title: 'Noise',
    says: [
      'emits VALUE decibels at a distance of ten metres',
      'is as loud as VALUE decibels, measured ten metres away',
    ],
    asks: ['How loud is the PART', 'Which noise does the PART emit'],
    value: (random) => 30 + random.below(70),
  },
];
const FILLERS = [
  'The figures were confirmed by the operator and entered in the register.',
  'Neighbours of the site were told in good time, and no objection was raised.',
  'An earlier edition of this note is no longer valid.',
  'Questions about this are answered by the office on working days.',
  'The inspection of the whole plant, its costs and its noise are treated in other chapters.',
  'As in former years the technicians worked without an accident.',
  'Replacement of older equipment goes on as planned; the manufacturer has been asked for an offer.',
  'The temperature outside was mild for most of the year.',
];
const OPENINGS = ['', 'Please tell me: ', 'I would like to know: ', 'Does anyone know this: '];

function passage(random, place, thing, part, aspect) {
  const filler = () => random.pick(FILLERS);
  const says = random.pick(aspect.says).replace('VALUE', aspect.value(random));
  const other = random.pick(thing.parts.filter((name) => name !== part));
  const sentences = [
    `At ${place} the ${random.pick([thing.name, thing.kind])} has been in service for ${2 + random.below(30)} years.`,
    `The ${part} ${says}.`,
    `Unlike the ${other}, it was built on the site.`,
    filler(),
    filler(),
    filler(),
  ];
  const [first, ...rest] = sentences;
  if (random.below(2) === 0) rest.reverse();
  return [first, ...rest].join(' ');
}

/** All facts: a part of a thing at a place, and what is said of it. */
function factsOf() {
  return PLACES.flatMap((place) =>
    THINGS.flatMap((thing) =>
      thing.parts.flatMap((part) => ASPECTS.map((aspect) => ({ place, thing, part, aspect }))),
    ),
  );
}

/** 3: the fact itself; 1: another aspect of the same part there, or the same fact elsewhere. */
function gradeOf(asked, { place, part, aspect }) {
  const same = [asked.place === place, asked.part === part, asked.aspect === aspect];
  if (same.every(Boolean)) return 3;
  return same[1] && (same[0] || same[2]) ? 1 : 0;
}

/**
 * About 800 passages and 300 graded questions.
 * @param {number} seed
 * @returns {ReturnType<typeof import('./beir.mjs').readCollection>}
 */
export function generateCollection(seed) {
  const random = createRandom(seed);
  const passages = factsOf()
    .filter(() => random.below(2) === 0)
    .map((fact, index) => ({
      ...fact,
      id: `p${index}`,
      title: `${fact.aspect.title} — ${fact.thing.name}`,
      text: passage(random, fact.place, fact.thing, fact.part, fact.aspect),
    }));
  const judgements = new Map();
  const queries = [];
  for (const asked of passages.filter((_, index) => index % 3 === 0)) {
    const id = `q${asked.id}`;
    const question = random.pick(asked.aspect.asks).replace('PART', asked.part);
    queries.push({
      id,
      text: `${random.pick(OPENINGS)}${question} of the ${asked.thing.kind} at ${asked.place}?`,
    });
    const graded = passages.map((one) => [one.id, gradeOf(asked, one)]).filter(([, grade]) => grade > 0);
    judgements.set(id, new Map(graded));
  }
  return { documents: passages.map(({ id, title, text }) => ({ id, title, text })), queries, judgements };
}

/** How often words are used falls with their rank, as in any language (G. K. Zipf): here as rank to the power of −1. */
function zipf(random, count) {
  return Math.min(count - 1, Math.floor(count ** random.next()) - 1);
}

const SYLLABLES = 'ba de fi go lu ma ne pi ro su ta ve wi zo ka le mi no pu ra'.split(' ');

function wordOf(rank) {
  let word = '';
  for (let rest = rank + 1; rest > 0; rest = Math.floor(rest / SYLLABLES.length))
    word += SYLLABLES[rest % SYLLABLES.length];
  return `${word}n`;
}

const VOCABULARY = 60_000;
const STOP_WORDS = 'the of and to in is that for it as with was on by'.split(' ');

/** @returns {() => string} words as often as language has them, two in five of them stop words */
function speaker(random) {
  const words = Array.from({ length: VOCABULARY }, (_, rank) => wordOf(rank));
  return () => (random.below(5) < 2 ? random.pick(STOP_WORDS) : words[zipf(random, VOCABULARY)]);
}

/** Chunks of 100 to 200 words, and questions of 5 to 12, for measuring speed. */
export function generateLoad(seed, { chunks, queries }) {
  const random = createRandom(seed);
  const speak = speaker(random);
  const text = (least, most) =>
    Array.from({ length: least + random.below(most - least + 1) }, speak).join(' ');
  return {
    chunks: Array.from({ length: chunks }, (_, id) => ({
      id,
      title: text(2, 5),
      text: text(100, 200),
      group: `d${Math.floor(id / 20)}`,
    })),
    queries: Array.from({ length: queries }, () => text(5, 12)),
  };
}
