import { isWord } from './characters.js';
import type { Finding } from './finding.js';
import type { Rejection, RejectionLog } from './rejection.js';
import { Rank } from './rule.js';
import type { Candidate } from './scan.js';

/** Types that mean something in part: what a stronger finding leaves over of one is still reported. */
const DIVISIBLE = new Set(
  'URL EMAIL_ADDRESS PERSON LOCATION ADDRESS ORGANIZATION PASSWORD API_KEY PRIVATE_KEY JWT'.split(' '),
);

/**
 * Settles overlaps. Stronger ranks win (see `Rank`), within a rank the longest, then the highest score, then the
 * first. A loser that reaches beyond what beat it keeps the rest when its type is divisible or when the winner was
 * asked for by the caller: a deny-list word inside an e-mail address must not uncover the remainder.
 * Adjacent names one space apart become one. The result is sorted and disjoint.
 */
export class Conflicts {
  readonly #text: string;
  readonly #settled: Candidate[] = [];
  #open: Candidate[] = [];
  /** End of a cluster that was still growing at the last look; there is nothing to do before it. */
  #growingUntil = 0;

  /** @param lost where set, what gives way as a whole is noted there, with the type of what it gives way to */
  constructor(
    text: string,
    private readonly lost?: RejectionLog,
  ) {
    this.#text = text;
  }

  /** Candidates held, settled or not. */
  get size(): number {
    return this.#settled.length + this.#open.length;
  }

  add(candidates: readonly Candidate[]): void {
    for (const candidate of candidates) this.#open.push(candidate);
  }

  /** Settles what no candidate starting at `barrier` or later can touch. */
  settle(barrier: number): void {
    if (barrier < this.#growingUntil || this.#open.length === 0) return;
    this.#open.sort((a, b) => a.start - b.start || b.end - a.end);
    let first = 0;
    while (first < this.#open.length) {
      const { next, end } = this.#cluster(first);
      if (end > barrier) {
        this.#growingUntil = end;
        break;
      }
      this.#resolve(this.#open.slice(first, next));
      first = next;
    }
    this.#open = this.#open.slice(first);
  }

  /** The settled findings, the stronger ranks' marks taken off. */
  findings(): Finding[] {
    return this.#settled.map(({ type, start, end, score, explanation }) => ({
      type,
      start,
      end,
      score,
      explanation,
    }));
  }

  #cluster(first: number): { next: number; end: number } {
    let end = this.#open[first]?.end ?? 0;
    let next = first + 1;
    for (let other = this.#open[next]; other !== undefined && other.start < end; other = this.#open[++next]) {
      end = Math.max(end, other.end);
    }
    return { next, end };
  }

  #resolve(cluster: Candidate[]): void {
    const winners = cluster.length === 1 ? cluster : resolveOverlaps(this.#text, cluster, this.lost);
    for (const winner of winners) this.#append(winner);
  }

  #append(candidate: Candidate): void {
    const last = this.#settled.at(-1);
    if (last !== undefined && last.type === 'PERSON' && candidate.type === 'PERSON') {
      if (candidate.start - last.end <= 1 && /^ ?$/.test(this.#text.slice(last.end, candidate.start))) {
        const better = last.score >= candidate.score ? last : candidate;
        this.#settled[this.#settled.length - 1] = { ...better, start: last.start, end: candidate.end };
        return;
      }
    }
    this.#settled.push(candidate);
  }
}

function stronger(a: Candidate, b: Candidate): number {
  return b.rank - a.rank || b.end - b.start - (a.end - a.start) || b.score - a.score || a.start - b.start;
}

function resolveOverlaps(text: string, cluster: Candidate[], lost: RejectionLog | undefined): Candidate[] {
  const origin = cluster[0]?.start ?? 0;
  const takenBy = new Uint8Array(lastEnd(cluster) - origin);
  const winners: Candidate[] = [];
  const winnerAt = lost && new Uint32Array(takenBy.length);
  for (const candidate of cluster.sort(stronger)) {
    const pieces = freePieces(text, candidate, takenBy, origin);
    if (lost && winnerAt && pieces.length === 0) {
      lost.add(overlapped(candidate, winners[strongestAt(candidate, takenBy, winnerAt, origin)]));
    }
    for (const piece of pieces) {
      takenBy.fill(candidate.rank + 1, piece.start - origin, piece.end - origin);
      winnerAt?.fill(winners.length, piece.start - origin, piece.end - origin);
      winners.push(piece);
    }
  }
  return winners.sort((a, b) => a.start - b.start);
}

function overlapped({ rank: _, ...loser }: Candidate, winner: Candidate | undefined): Rejection {
  return { ...loser, reason: 'overlapped', ...(winner && { overlappedBy: winner.type }) };
}

/** The winner, by number, of the highest rank within the candidate. */
function strongestAt(
  { start, end }: Candidate,
  takenBy: Uint8Array,
  winnerAt: Uint32Array,
  origin: number,
): number {
  let strongest = start - origin;
  for (let at = strongest; at < end - origin; at++) {
    if ((takenBy[at] ?? 0) > (takenBy[strongest] ?? 0)) strongest = at;
  }
  return winnerAt[strongest] ?? 0;
}

function lastEnd(cluster: readonly Candidate[]): number {
  let end = 0;
  for (const candidate of cluster) end = Math.max(end, candidate.end);
  return end;
}

/** The candidate itself when nothing stands in its way, else those of its parts that may stay. */
/** One word that is left of an address, without its numbers, may be any. */
const saysSomething = (
  text: string,
  { type }: Candidate,
  { start, end }: { start: number; end: number },
): boolean => type !== 'ADDRESS' || /[\d\s]/.test(text.slice(start, end));

function freePieces(text: string, candidate: Candidate, takenBy: Uint8Array, origin: number): Candidate[] {
  const beatenBy = strongestWithin(candidate, takenBy, origin);
  if (beatenBy === 0) return [candidate];
  if (beatenBy !== Rank.Asked + 1 && !DIVISIBLE.has(candidate.type)) return [];
  const pieces: Candidate[] = [];
  let start = candidate.start;
  for (let at = candidate.start; at <= candidate.end; at++) {
    if (at < candidate.end && takenBy[at - origin] === 0) continue;
    const piece = trimmed(text, start, at);
    if (piece !== undefined && saysSomething(text, candidate, piece)) pieces.push({ ...candidate, ...piece });
    start = at + 1;
  }
  return pieces;
}

function strongestWithin(candidate: Candidate, takenBy: Uint8Array, origin: number): number {
  let strongest = 0;
  for (let at = candidate.start - origin; at < candidate.end - origin; at++) {
    const by = takenBy[at] ?? 0;
    if (by > strongest) strongest = by;
  }
  return strongest;
}

/** The span without white space and signs at its ends; nothing when no word character is left. */
function trimmed(text: string, from: number, to: number): { start: number; end: number } | undefined {
  let start = from;
  let end = to;
  while (start < end && !isWord(text.charCodeAt(start))) start++;
  while (end > start && !isWord(text.charCodeAt(end - 1))) end--;
  return start < end ? { start, end } : undefined;
}
