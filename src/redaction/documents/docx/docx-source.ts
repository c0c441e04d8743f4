import { FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import { DocumentFailure } from '../document-failure.js';
import type { DocumentTask } from '../document-handler.js';
import { PackageReader } from '../ooxml/package-reader.js';
import { readXml } from '../ooxml/xml-reader.js';
import { TEXT_PARTS } from './docx-kinds.js';
import { type DocxPlan, type PlannedPart, planDocx } from './docx-plan.js';
import { StorySearch, StoryText } from './story-search.js';
import { StoryWalker } from './story-walker.js';

/** Bytes of XML in all parts that are read: thousands of pages, and what can be worked on in some hundred MiB. */
const MOST_XML = 32 * 1024 * 1024;

/** A part that was read, and what was found in it. */
export interface Story {
  readonly part: PlannedPart;
  readonly bytes: Buffer;
  readonly text: StoryText;
  readonly search: StorySearch;
  /** Prefixes of the vocabularies it uses. */
  readonly namespaces: ReadonlyMap<string, string>;
}

/** A document that was read and searched, nothing of it written yet. */
export interface DocxSource {
  readonly reader: PackageReader;
  readonly plan: DocxPlan;
  readonly stories: readonly Story[];
  /** All that was found, searched for everywhere. */
  readonly known: FurtherOccurrences;
}

/**
 * A document's package and what of it is read.
 * @throws DocumentFailure `DOCUMENT_ENCRYPTED`, `DOCUMENT_DAMAGED`, `DOCUMENT_TOO_LARGE`
 */
export async function openDocx(document: Uint8Array): Promise<Pick<DocxSource, 'reader' | 'plan'>> {
  const reader = await PackageReader.open(document);
  if (!reader.has('[Content_Types].xml')) throw new DocumentFailure('DOCUMENT_DAMAGED');
  const plan = await planDocx(reader);
  const size = plan.parts.reduce((sum, { source }) => sum + reader.sizeOf(source), 0);
  if (size > MOST_XML) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  return { reader, plan };
}

/** @throws DocumentFailure, EngineInputError, and what the detector throws */
export async function readDocx(document: Uint8Array, task: DocumentTask): Promise<DocxSource> {
  if (task.policy.regions.length > 0) throw new DocumentFailure('REGIONS_UNSUPPORTED');
  const { reader, plan } = await openDocx(document);
  if (plan.isSigned && task.policy.strict) throw new DocumentFailure('DOCUMENT_SIGNED');
  const stories: Story[] = [];
  for (const [done, part] of plan.parts.entries()) {
    task.progress({ stage: 'reading', done, total: plan.parts.length });
    stories.push(readStory(part, await reader.read(part.source)));
  }
  assertText(stories, plan);
  for (const [done, { search }] of stories.entries()) {
    search.detect(task.detector, () => task.progress({ stage: 'finding', done, total: stories.length }));
  }
  const known = new FurtherOccurrences(valuesOf(stories));
  for (const [done, { search }] of stories.entries()) {
    search.addOccurrences(known, () => task.progress({ stage: 'finding', done, total: stories.length }));
  }
  return { reader, plan, stories, known };
}

export function* valuesOf(stories: readonly Story[]) {
  for (const { search } of stories) yield* search.values;
}

function readStory(part: PlannedPart, bytes: Buffer): Story {
  const text = new StoryText();
  const walker = new StoryWalker(part.kind, text, text.decisions, (id) => part.targets.has(id));
  readXml(bytes, walker);
  return { part, bytes, text, search: new StorySearch(text.groups), namespaces: walker.scopes.declared };
}

/** Pictures alone are nothing that could be searched. */
function assertText(stories: readonly Story[], plan: DocxPlan): void {
  const texts = stories.filter(({ part }) => TEXT_PARTS.some((kind) => kind === part.kind));
  if (texts.some(({ text }) => text.characters > 0)) return;
  if (plan.images.length > 0 || texts.some(({ text }) => text.hasPictures))
    throw new DocumentFailure('DOCUMENT_WITHOUT_TEXT');
}
