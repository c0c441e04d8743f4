import type { FindsIn } from '../../engine/analysis.js';
import { type FoundValue, FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import { joinOverlaps } from '../../engine/occurrences/stretch.js';
import { publicName } from '../../engine/type-names.js';

/** What a name is written with instead of spaces. Each becomes one, so that places stay the same. */
const SEPARATORS = /[_\-.+]/g;

/** Of a person's name every word is looked for in the name of a file, which rarely has all of it. */
const PERSON = 'PERSON';

/**
 * The name of a redacted file: the original's, with the type in the place of everything that is found in it or was found
 * in the document. Read twice, since `john_smith` is a name only when read with a space, and an address only as it stands.
 * @param found in the document
 */
export function redactFileName(name: string, detector: FindsIn, found: Iterable<FoundValue> = []): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const values = [...found].flatMap(withWords);
  const first = replace(stem, stem, detector, values);
  return `${replace(first, first.replaceAll(SEPARATORS, ' '), detector, values)}${extension}`;
}

function withWords(value: FoundValue): FoundValue[] {
  if (value.type !== PERSON) return [value];
  const words = value.text.split(/[^\p{L}\p{M}']+/u).filter((word) => word !== value.text);
  return [value, ...words.map((text) => ({ ...value, text }))];
}

function replace(stem: string, read: string, detector: FindsIn, values: readonly FoundValue[]): string {
  const search = detector.find({ text: read, labels: [] });
  let step = search.next();
  while (step.done !== true) step = search.next();
  const spans: { type: string; start: number; end: number }[] = [
    ...step.value,
    ...new FurtherOccurrences(values).find(read),
  ];
  let [result, at] = ['', 0];
  for (const { type, start, end } of joinOverlaps(spans)) {
    result += `${stem.slice(at, start)}${publicName(type)}`;
    at = end;
  }
  return result + stem.slice(at);
}
