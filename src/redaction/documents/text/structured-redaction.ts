import { runToEnd } from '../../engine/cooperation.js';
import { splice } from '../../engine/splice.js';
import type { StructuredDocument } from '../../engine/structure/structured-document.js';
import { publicName } from '../../engine/type-names.js';
import { DocumentFailure } from '../document-failure.js';
import type { DocumentTask, Inspection, RedactedDocument } from '../document-handler.js';
import { FoundTally } from '../found-tally.js';
import type { Check } from '../redaction-report.js';
import { assertPassed, leaksIn, remnantsOf } from '../verification.js';
import { type FieldRemoval, searchFields, type Values } from './field-search.js';
import { otherReadings } from './readings.js';
import { decodeText, encodeText } from './text-encoding.js';

/** How texts of one format are read. */
export interface TextFormat {
  readonly name: string;
  readonly isMarkdown: boolean;
  /** A file that is written in UTF-8 instead of its own encoding says so by a mark. */
  readonly marksFallback: boolean;
  readonly open: (text: string) => StructuredDocument<string>;
  /** What a field becomes, where it does not become what was put together. */
  readonly finish?: (text: string, removals: readonly FieldRemoval[]) => string;
}

/** Removing a value can change what words around another one say, so a redacted text is searched again, so often at most. */
const MOST_PASSES = 5;
const NONE: ReadonlySet<string> = new Set();

/** @throws DocumentFailure, EngineInputError, and what the detector throws */
export function redactText(document: Uint8Array, task: DocumentTask, format: TextFormat): RedactedDocument {
  assertNoRegions(task);
  const source = decodeText(document);
  task.progress({ stage: 'finding', done: 0, total: 1 });
  const tally = new FoundTally(task.policy.placeholders);
  const values: Values = new Map();
  const text = redactedText(source.text, task, format, tally, values);
  task.progress({ stage: 'verifying', done: 0, total: 1 });
  const bytes = encodeText(text, source, format.marksFallback);
  const checks = verify(bytes, text, format, values, tally.placeholders);
  task.progress({ stage: 'verifying', done: 1, total: 1 });
  return {
    bytes,
    report: {
      format: format.name,
      pages: null,
      redactions: tally.total,
      entities: tally.entities(),
      regions: 0,
      native_pages: 0,
      raster_pages: 0,
      removed: [],
      characters_lost: 0,
      verification: assertPassed(checks),
      residual_risks: [],
    },
  };
}

/** @throws DocumentFailure, EngineInputError, and what the detector throws */
export function inspectText(document: Uint8Array, task: DocumentTask, format: TextFormat): Inspection {
  assertNoRegions(task);
  task.progress({ stage: 'finding', done: 0, total: 1 });
  const opened = format.open(decodeText(document).text);
  const removals = searchFields(opened, task.detector, format.isMarkdown, new Map(), NONE);
  const findings = [...removals]
    .sort(([a], [b]) => a - b)
    .flatMap(([, found]) => found)
    .map(({ type, confidence, text }) => ({
      type: publicName(type),
      confidence,
      text,
      page: null,
      areas: [],
    }));
  return { pages: null, findings };
}

function redactedText(
  source: string,
  { detector, progress }: DocumentTask,
  format: TextFormat,
  tally: FoundTally,
  values: Values,
): string {
  let text = source;
  for (let pass = 0; pass < MOST_PASSES; pass++) {
    const document = format.open(text);
    const removals = searchFields(document, detector, format.isMarkdown, values, tally.placeholders);
    if (removals.size === 0) return text;
    progress({ stage: 'removing', done: pass, total: MOST_PASSES });
    text = runToEnd(
      document.rewrite(({ value }, index) => {
        const found = removals.get(index);
        if (found === undefined) return undefined;
        const patches = found.map((removal) => ({ ...removal, text: tally.placeholder(removal) }));
        const joined = splice(value.text, patches);
        return format.finish?.(joined, found) ?? joined;
      }),
    );
  }
  throw new DocumentFailure('REDACTION_UNVERIFIED');
}

/** Decodes and reads the finished bytes anew, and looks for every value as it is spelled and as it reads. */
function verify(
  bytes: Uint8Array,
  written: string,
  format: TextFormat,
  values: Values,
  placeholders: ReadonlySet<string>,
): Check[] {
  const { text } = decodeText(bytes);
  const remnants = remnantsOf(values.values());
  const isClean = (reading: string): boolean => leaksIn(reading, remnants, placeholders).length === 0;
  let areFieldsClean = true;
  for (const { value } of format.open(text).fields()) {
    areFieldsClean &&= value.text === text || isClean(value.text);
    for (const reading of otherReadings(value.text, format.isMarkdown))
      areFieldsClean &&= isClean(reading.text);
  }
  return [
    { name: 'text_kept', passed: text === written },
    { name: 'plain_text', passed: isClean(text) },
    { name: 'decoded_text', passed: areFieldsClean },
  ];
}

function assertNoRegions({ policy }: DocumentTask): void {
  if (policy.regions.length > 0) throw new DocumentFailure('REGIONS_UNSUPPORTED');
}
