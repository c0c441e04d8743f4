import { FurtherOccurrences } from '../../engine/occurrences/further-occurrences.js';
import type { DocumentTask } from '../document-handler.js';
import { FoundTally } from '../found-tally.js';
import { readXml } from '../ooxml/xml-reader.js';
import type { RemovedTally } from '../removed-tally.js';
import { isTelling } from '../verification.js';
import { AttributeScrubber } from './attribute-scrubber.js';
import { type DocxSource, type Story, valuesOf } from './docx-source.js';
import type { WrittenRemoval } from './paragraph-cut.js';
import { StoryRewriter } from './story-rewriter.js';
import { StoryWalker } from './story-walker.js';

/** The parts of a document as they are written, in the order of its plan. */
export interface RewrittenStories {
  readonly parts: readonly Buffer[];
  readonly found: FoundTally;
  /** What was found and is unlike any word of a vocabulary. */
  readonly telling: FurtherOccurrences;
  /** Of text, white space not counted. */
  readonly characters: number;
  readonly charactersLost: number;
}

/** Reads every part a second time and writes what stays of it. */
export function rewriteStories(
  source: DocxSource,
  task: DocumentTask,
  removed: RemovedTally,
): RewrittenStories {
  const found = new FoundTally(task.policy.placeholders);
  const telling = new FurtherOccurrences([...valuesOf(source.stories)].filter(({ text }) => isTelling(text)));
  const scrubber = new AttributeScrubber(task.detector, source.known, telling, (type, text) =>
    found.placeholder({ type, text, confidence: 1 }),
  );
  const parts: Buffer[] = [];
  let [characters, charactersLost] = [0, 0];
  for (const [done, story] of source.stories.entries()) {
    task.progress({ stage: 'removing', done, total: source.stories.length });
    const rewriter = rewrite(story, found, scrubber, removed);
    parts.push(rewriter.bytes());
    characters += rewriter.characters;
    charactersLost += story.text.characters - rewriter.removedCharacters - rewriter.characters;
  }
  removed.add('identifiers', scrubber.replaced);
  return { parts, found, telling, characters, charactersLost };
}

function rewrite(
  story: Story,
  found: FoundTally,
  scrubber: AttributeScrubber,
  removed: RemovedTally,
): StoryRewriter {
  const { part, bytes, text, namespaces } = story;
  const ids = new Map(Array.from(part.targets.keys(), (id, index) => [id, `rId${index + 1}`]));
  const rewriter = new StoryRewriter({
    namespaces,
    removals: writtenRemovals(story, found),
    scrubber,
    newId: (id) => ids.get(id),
    onRemoved: (kind) => removed.add(kind),
  });
  const walker = new StoryWalker(part.kind, rewriter, text.decisions, (id) => ids.has(id));
  rewriter.scopes = walker.scopes;
  readXml(bytes, walker);
  return rewriter;
}

function writtenRemovals({ search }: Story, found: FoundTally): Map<number, WrittenRemoval[]> {
  const written = new Map<number, WrittenRemoval[]>();
  for (const [paragraph, removals] of search.removals()) {
    written.set(
      paragraph,
      removals.map((removal) => ({
        start: removal.start,
        end: removal.end,
        placeholder: removal.isContinued ? '' : found.placeholder(removal),
      })),
    );
  }
  return written;
}
