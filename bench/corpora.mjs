import { invent } from './personal-data.mjs';
import { createRandom } from './random.mjs';

const NEUTRAL = `The committee met twice this quarter and left the budget as it was.
Rainfall in the northern valleys was slightly above the average of the last ten years.
Each valve is opened a quarter turn at a time until the pressure stays constant.
When the queue is empty, the worker sleeps and wakes up with the next message.
A good index answers most questions without reading the table at all.
The second edition corrects several figures and adds a chapter on measurement.
Nobody expected the old bridge to carry so much traffic after the detour opened.
Version 4.2 of the protocol allows 16 streams and a window of 65536 bytes.
Stir for 12 minutes, then let the dough rest at 24 degrees until it has doubled.
Most of the cost lies in moving data, not in computing with it.
The report lists 318 findings, of which 47 were closed within two weeks.
Leaves turn early in dry years, and the harvest begins about nine days sooner.`.split('\n');

const PERSONAL = [
  (p) => `${p.name} called from ${p.phone} about the delivery to ${p.street}, ${p.city}.`,
  (p) => `Please send the signed contract to ${p.email} before Friday.`,
  (p) => `The patient, ${p.name}, born ${p.born}, was referred to the clinic in ${p.city}.`,
  (p) => `Refund the amount to IBAN ${p.iban}, account holder ${p.name}.`,
  (p) => `Her social security number is ${p.ssn} and the card on file is ${p.card}.`,
  (p) => `Dear Ms ${p.name.split(' ')[1]}, your login from ${p.ip} was refused twice.`,
];

/** Share of sentences that hold personal data: about three entities a kilobyte. */
const PERSONAL_SHARE = 0.2;

function fill(bytes, line) {
  const lines = [];
  for (let size = 0; size < bytes; ) {
    const next = line(lines.length);
    lines.push(next);
    size += Buffer.byteLength(next) + 1;
  }
  return lines;
}

const paragraphs = (sentences) =>
  sentences.map((text, index) => (index % 6 === 5 ? `${text}\n\n` : `${text} `)).join('');

const prose = (random) => () => random.pick(NEUTRAL);

const personalProse = (random) => () =>
  random.next() < PERSONAL_SHARE ? random.pick(PERSONAL)(invent(random)) : random.pick(NEUTRAL);

const csvRow = (random) => (index) => {
  const p = invent(random);
  const amount = `${random.below(900)}.${random.digits(2)}`;
  return `${10_000 + index},${p.name},${p.email},${p.phone},${p.born},${amount},"${random.pick(NEUTRAL)}"`;
};

const logRecord = (random) => (index) => {
  const p = invent(random);
  const time = new Date(Date.UTC(2026, 0, 1) + index * 1_371).toISOString();
  const record = { time, level: 'info', service: 'checkout', status: 200, ms: random.below(900) };
  const client = random.next() < 0.4 ? { user: { name: p.name, email: p.email }, ip: p.ip } : {};
  return JSON.stringify({ ...record, ...client, message: random.pick(NEUTRAL) });
};

/** The corpora by name: the format the engine is told, and how to make about `bytes` bytes of it from a seed. */
export const CORPORA = {
  'prose with personal data': {
    format: 'text',
    make: (bytes, seed) => paragraphs(fill(bytes, personalProse(createRandom(seed)))),
  },
  'prose without': {
    format: 'text',
    make: (bytes, seed) => paragraphs(fill(bytes, prose(createRandom(seed)))),
  },
  CSV: {
    format: 'csv',
    make: (bytes, seed) =>
      ['id,name,email,phone,born,amount,note', ...fill(bytes, csvRow(createRandom(seed)))].join('\n'),
  },
  'JSON logs': {
    format: 'json',
    make: (bytes, seed) => `[${fill(bytes, logRecord(createRandom(seed))).join(',\n')}]`,
  },
};
