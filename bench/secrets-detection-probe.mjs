// One corpus, detected with and without the fingerprints of many values, in a process of its own.
import { randomBytes } from 'node:crypto';
import { FingerprintMaker } from '../dist/platform/fingerprints/fingerprint.js';
import { arrange } from '../dist/platform/fingerprints/fingerprint-set.js';
import { scoreOf } from '../dist/redaction/engine/confidence.js';
import { runToEnd } from '../dist/redaction/engine/cooperation.js';
import { Detector, findAll } from '../dist/redaction/engine/detector.js';
import { protect } from '../dist/redaction/engine/protection.js';
import { openDocument } from '../dist/redaction/engine/structure/open-document.js';
import { vaultMatcher } from '../dist/redaction/vault-matcher.js';
import { CORPORA } from './corpora.mjs';
import { median } from './statistics.mjs';

const THRESHOLD = 0.85;
const WARM_UPS = 4;

/** As organizations have them: generated keys, and connection addresses that begin and end alike. */
const secretOf = (index) =>
  index % 3 === 0
    ? `postgresql://app:${randomBytes(12).toString('base64url')}@db.internal:5432/app`
    : randomBytes(index % 2 === 0 ? 24 : 32).toString('base64');

function makeSet(count) {
  const key = randomBytes(32);
  const secrets = Array.from({ length: count }, (_, index) => secretOf(index));
  const began = performance.now();
  const maker = new FingerprintMaker(key);
  const fingerprints = runToEnd(
    arrange(
      key,
      secrets.map((secret) => maker.make(secret, true)),
    ),
  );
  return { secrets, fingerprints, madeMs: performance.now() - began };
}

const detectorWith = (fingerprints) =>
  new Detector({
    minScore: scoreOf(THRESHOLD),
    ...(fingerprints && { matchers: [vaultMatcher({ fingerprints })] }),
  });

const WORK = {
  scan: (text, _, detector) =>
    findAll(detector, { text, labels: [] }).filter(({ type }) => type === 'VAULT_SECRET').length,
  full: (text, format, detector) =>
    runToEnd(
      protect(openDocument(text, format), detector, { method: 'auto', minConfidence: THRESHOLD }),
    ).entities.filter(({ type }) => type === 'VAULT_SECRET').length,
};

function timed(work) {
  const began = performance.now();
  const result = work();
  return { result, ms: performance.now() - began };
}

/** Where a line ends, so that every format stays what it is. */
function plant(text, secret, format) {
  if (format !== 'text')
    return text.replace('The committee met twice', () => `The committee met ${secret} twice`);
  const middle = text.indexOf(' ', text.length / 2);
  return `${text.slice(0, middle)} ${secret}${text.slice(middle)}`;
}

function measure({ corpus, work, bytes, seed, rounds, count }) {
  const { make, format } = CORPORA[corpus];
  const { secrets, fingerprints, madeMs } = makeSet(count);
  const text = plant(make(bytes, seed), secrets[count >> 1], format);
  const times = { with: [], without: [] };
  for (let round = 0; round < WARM_UPS + rounds; round++) {
    const order = round % 2 === 0 ? ['with', 'without'] : ['without', 'with'];
    for (const way of order) {
      const detector = detectorWith(way === 'with' ? fingerprints : undefined);
      const { result, ms } = timed(() => WORK[work](text, format, detector));
      if (result !== (way === 'with' ? 1 : 0))
        throw new Error(`${way} fingerprints, ${result} values were found`);
      if (round >= WARM_UPS) times[way].push(ms);
    }
  }
  const [slow, fast] = [median(times.with), median(times.without)];
  return { bytes: Buffer.byteLength(text), withMs: slow, withoutMs: fast, madeMs };
}

process.once('message', (task) => {
  process.send(measure(task), () => process.disconnect());
});
