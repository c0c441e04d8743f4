import type { FindsIn } from '../../engine/analysis.js';
import { publicName } from '../../engine/type-names.js';

/** What a name is written with instead of spaces. Each becomes one, so that places stay the same. */
const SEPARATORS = /[_\-.+]/g;

/**
 * The name of a redacted file: the original's, with the type in the place of everything found in it. Looked for twice,
 * since `john_smith` is a name only when read with a space, and an address only as it stands.
 */
export function redactFileName(name: string, detector: FindsIn): string {
  const dot = name.lastIndexOf('.');
  const [stem, extension] = dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
  const first = replace(stem, stem, detector);
  return `${replace(first, first.replaceAll(SEPARATORS, ' '), detector)}${extension}`;
}

function replace(stem: string, read: string, detector: FindsIn): string {
  const search = detector.find({ text: read, labels: [] });
  let step = search.next();
  while (step.done !== true) step = search.next();
  let [result, at] = ['', 0];
  for (const { type, start, end } of step.value) {
    result += `${stem.slice(at, start)}${publicName(type)}`;
    at = end;
  }
  return result + stem.slice(at);
}
