// One corpus and one kind of work in a process of its own, so that "cold" means a first pass over code nobody ran yet.
import { analyze } from '../dist/redaction/engine/analysis.js';
import { scoreOf } from '../dist/redaction/engine/confidence.js';
import { runToEnd } from '../dist/redaction/engine/cooperation.js';
import { Detector, findAll } from '../dist/redaction/engine/detector.js';
import { protect } from '../dist/redaction/engine/protection.js';
import { openDocument } from '../dist/redaction/engine/structure/open-document.js';
import { CORPORA } from './corpora.mjs';
import { median, quantile } from './statistics.mjs';

const THRESHOLD = 0.85;
const WARM_UPS = 4;
const KILOBYTE = 1_000;

const newDetector = () => new Detector({ minScore: scoreOf(THRESHOLD) });

/** Each returns how many entities it found. */
const WORK = {
  scan: (text) => findAll(newDetector(), { text, labels: [] }).length,
  full: (text, format) =>
    runToEnd(protect(openDocument(text, format), newDetector(), { method: 'auto', minConfidence: THRESHOLD }))
      .entities.length,
};

/** What no scanner written in JavaScript can beat: one look at every character. */
function readEveryCharacter(text) {
  let sum = 0;
  for (let at = 0; at < text.length; at++) sum = (sum + text.charCodeAt(at)) | 0;
  return sum;
}

function timed(work) {
  const started = performance.now();
  const result = work();
  return { result, ms: performance.now() - started };
}

/** Bytes and milliseconds to megabytes (10^6 bytes) a second. */
const speed = (bytes, ms) => bytes / ms / 1_000;

function measureThroughput({ corpus, work, bytes, seed, rounds }) {
  const { make, format } = CORPORA[corpus];
  const text = make(bytes, seed);
  const size = Buffer.byteLength(text);
  const run = () => WORK[work](text, format);
  const cold = timed(run);
  const checksums = new Set();
  const own = [];
  const baseline = [];
  for (let round = 0; round < WARM_UPS + rounds; round++) {
    const read = timed(() => readEveryCharacter(text));
    const pass = timed(run);
    checksums.add(read.result);
    if (pass.result !== cold.result) throw new Error('the engine found something else on another pass');
    if (round < WARM_UPS) continue;
    baseline.push(speed(size, read.ms));
    own.push(speed(size, pass.ms));
  }
  if (checksums.size !== 1) throw new Error('the baseline read different texts');
  const [warm, reading] = [median(own), median(baseline)];
  return { bytes: size, entities: cold.result, cold: speed(size, cold.ms), warm, baseline: reading };
}

/** Milliseconds that one text of 1 kB takes, detection alone, as the API does it. */
function measureLatency({ seed, bytes }) {
  const text = CORPORA['prose with personal data'].make(bytes, seed);
  const pieces = [];
  for (let at = 0; at + KILOBYTE <= text.length; at += KILOBYTE) pieces.push(text.slice(at, at + KILOBYTE));
  const once = (piece) =>
    timed(() => runToEnd(analyze(openDocument(piece, 'text'), newDetector(), { minConfidence: THRESHOLD })))
      .ms;
  const first = once(pieces[0]);
  for (const piece of pieces) once(piece);
  const times = pieces.map(once);
  return {
    texts: times.length,
    first,
    p50: quantile(times, 0.5),
    p95: quantile(times, 0.95),
    p99: quantile(times, 0.99),
  };
}

process.once('message', (task) => {
  const result = task.work === 'latency' ? measureLatency(task) : measureThroughput(task);
  process.send(result, () => process.disconnect());
});
