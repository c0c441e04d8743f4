// How findings are scored against labelled texts.

/** Types that count as another: an address is a place. */
const COUNTED_AS = { ADDRESS: 'LOCATION', STREET_ADDRESS: 'LOCATION', PERSON_NAME: 'PERSON', SSN: 'US_SSN' };
const LEAST_OVERLAP = 0.9;
const MARGIN = /[\s\p{P}]/u;

const countedType = (type) => COUNTED_AS[type] ?? type;

/** A span without white space and punctuation at its ends; offsets are code points, end exclusive. */
function trimmed({ type, start, end }, characters) {
  let [from, to] = [start, end];
  while (from < to && MARGIN.test(characters[from])) from++;
  while (to > from && MARGIN.test(characters[to - 1])) to--;
  return from < to
    ? { type: countedType(type), start: from, end: to }
    : { type: countedType(type), start, end };
}

function overlap(a, b) {
  const common = Math.min(a.end, b.end) - Math.max(a.start, b.start);
  if (common <= 0) return 0;
  return common / (Math.max(a.end, b.end) - Math.min(a.start, b.start));
}

/** Pairs each labelled span with the finding that fits it best; returns indices of findings, or -1. */
function pair(labelled, found, sameType) {
  const taken = new Set();
  return labelled.map((label) => {
    let best = -1;
    let most = LEAST_OVERLAP;
    for (const [index, finding] of found.entries()) {
      if (taken.has(index) || (sameType && finding.type !== label.type)) continue;
      const shared = overlap(label, finding);
      if (shared >= most) [best, most] = [index, shared];
    }
    if (best >= 0) taken.add(best);
    return best;
  });
}

/** Precision, recall and their weighted means, each 0 to 1; F2 counts recall four times (van Rijsbergen 1979). */
export function measures({ hits, labelled, found }) {
  const precision = found === 0 ? 0 : hits / found;
  const recall = labelled === 0 ? 0 : hits / labelled;
  const f = (beta) =>
    precision + recall === 0 ? 0 : ((1 + beta ** 2) * precision * recall) / (beta ** 2 * precision + recall);
  return { precision, recall, f1: f(1), f2: f(2) };
}

/** Counts by type over many texts, and without regard to types. */
export class Tally {
  #types = new Map();
  blind = { hits: 0, labelled: 0, found: 0 };

  add(text, labels, findings) {
    const characters = [...text];
    const labelled = labels.map((span) => trimmed(span, characters));
    const found = findings.map((span) => trimmed(span, characters));
    for (const [index, match] of pair(labelled, found, true).entries()) {
      const count = this.#of(labelled[index].type);
      count.labelled++;
      if (match >= 0) count.hits++;
    }
    for (const { type } of found) this.#of(type).found++;
    this.blind.labelled += labelled.length;
    this.blind.found += found.length;
    this.blind.hits += pair(labelled, found, false).filter((match) => match >= 0).length;
  }

  /** Types by how often they are labelled, most often first. */
  get types() {
    return [...this.#types].sort(([, a], [, b]) => b.labelled - a.labelled || b.found - a.found);
  }

  #of(type) {
    const count = this.#types.get(type) ?? { hits: 0, labelled: 0, found: 0 };
    this.#types.set(type, count);
    return count;
  }
}

/** Recall of exact spans where a type is to be found, and the share of texts flagged where it is not. */
export class RecognizerTally {
  #types = new Map();
  /** Cases gone wrong, with what was found instead. */
  faults = [];

  add({ id, entities, scope }, findings) {
    const found = new Set(findings.map(({ type, start, end }) => `${type}:${start}:${end}`));
    for (const { type, start, end } of entities) {
      const count = this.#of(type);
      count.labelled++;
      if (found.has(`${type}:${start}:${end}`)) count.hits++;
      else this.faults.push({ id, type, kind: 'missed' });
    }
    if (entities.length > 0) return;
    for (const type of scope) {
      const count = this.#of(type);
      count.negatives++;
      if (!findings.some((finding) => finding.type === type)) continue;
      count.flagged++;
      this.faults.push({ id, type, kind: 'flagged' });
    }
  }

  get types() {
    return [...this.#types].sort(([a], [b]) => (a < b ? -1 : 1));
  }

  get total() {
    const total = { hits: 0, labelled: 0, negatives: 0, flagged: 0 };
    for (const [, count] of this.#types) for (const key of Object.keys(total)) total[key] += count[key];
    return total;
  }

  #of(type) {
    const count = this.#types.get(type) ?? { hits: 0, labelled: 0, negatives: 0, flagged: 0 };
    this.#types.set(type, count);
    return count;
  }
}
