import type { FindsIn } from '../../../engine/analysis.js';
import { runToEnd } from '../../../engine/cooperation.js';
import type { Finding } from '../../../engine/finding.js';
import { shownConfidence } from '../../document-detector.js';
import { fullLineOf, joinedView, lineView, type PageView, runsOn } from './page-view.js';
import type { ValueIndex } from './value-index.js';

/** A value on a page. */
export interface PageFinding {
  /** The engine's name. */
  readonly type: string;
  /** On the scale clients see. */
  readonly confidence: number;
  readonly text: string;
  /** Indices of the page's characters, in order, without those of white space and line ends that frame it. */
  readonly first: number;
  readonly last: number;
}

/** What a detector finds on a page: line by line, and over line ends where the text runs on. */
export function findOnPage(codes: Uint32Array, detector: FindsIn): PageFinding[] {
  const lines = lineView(codes);
  const found = search(lines, detector);
  if (!lines.text.includes('\n') && !lines.text.includes('-')) return found;
  const fullLine = fullLineOf(codes);
  const over = search(joinedView(codes), detector).filter(({ first, last }) =>
    runsOn(codes, first, last, fullLine),
  );
  return over.length === 0 ? found : merged([...found, ...over]);
}

/** Further occurrences of values that were found somewhere. */
export function findAgain(codes: Uint32Array, values: ValueIndex): PageFinding[] {
  const view = joinedView(codes);
  return values.find(view.text).map(({ start, end, label }) => {
    const finding = { type: label, confidence: 1 };
    return placed(view, start, end, finding);
  });
}

function search(view: PageView, detector: FindsIn): PageFinding[] {
  if (view.text === '') return [];
  return runToEnd(detector.find({ text: view.text, labels: [] })).map((finding: Finding) =>
    placed(view, finding.start, finding.end, { type: finding.type, confidence: shownConfidence(finding) }),
  );
}

function placed(
  { text, characters }: PageView,
  start: number,
  end: number,
  finding: Pick<PageFinding, 'type' | 'confidence'>,
): PageFinding {
  return {
    ...finding,
    text: text.slice(start, end),
    first: characters[start] ?? 0,
    last: characters[end - 1] ?? 0,
  };
}

/** Findings that touch become one: it has the type of the longest, and no character less than they had. */
export function merged(findings: readonly PageFinding[]): PageFinding[] {
  const inOrder = [...findings].sort((a, b) => a.first - b.first || b.last - a.last);
  const result: PageFinding[] = [];
  for (const finding of inOrder) {
    const before = result.at(-1);
    if (before === undefined || finding.first > before.last) result.push(finding);
    else result[result.length - 1] = union(before, finding);
  }
  return result;
}

function union(a: PageFinding, b: PageFinding): PageFinding {
  const longer = b.last - b.first > a.last - a.first ? b : a;
  return { ...longer, first: Math.min(a.first, b.first), last: Math.max(a.last, b.last) };
}
