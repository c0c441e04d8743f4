import { publicName } from '../../engine/type-names.js';
import type {
  DocumentFinding,
  DocumentHandler,
  DocumentTask,
  Inspection,
  RedactedDocument,
} from '../document-handler.js';
import { withDocumentFailures } from '../engine-failures.js';
import { writePackage } from '../ooxml/package-writer.js';
import type { RedactionReport, ResidualRisk } from '../redaction-report.js';
import { RemovedTally } from '../removed-tally.js';
import { assertPassed, remnantsOf } from '../verification.js';
import { leftBehindAs } from './docx-kinds.js';
import { docxParts, type KeptImages, keepImages } from './docx-package.js';
import type { DocxPlan } from './docx-plan.js';
import { type RewrittenStories, rewriteStories } from './docx-rewrite.js';
import { type DocxSource, readDocx, valuesOf } from './docx-source.js';
import { verifyDocx } from './docx-verification.js';

/**
 * Word documents (ECMA-376, transitional and strict). Nothing of the original is copied: parts on a list of known kinds are
 * read and written anew, under new names, without what is not shown; everything else is left behind. Strict policies leave
 * pictures behind too.
 */
export class DocxHandler implements DocumentHandler {
  redact(document: Uint8Array, task: DocumentTask): Promise<RedactedDocument> {
    return withDocumentFailures(async () => {
      const source = await readDocx(document, task);
      const removed = new RemovedTally();
      const stories = rewriteStories(source, task, removed);
      const images = await keepImages(source.reader, source.plan.images, task.policy.strict, removed);
      const parts = docxParts(source.plan, stories.parts, images);
      countLeftBehind(source, removed);
      const bytes = await writePackage(parts);
      task.progress({ stage: 'verifying', done: 0, total: 1 });
      const checks = await verifyDocx(bytes, {
        names: parts.map(({ name }) => name),
        remnants: remnantsOf(valuesOf(source.stories)),
        telling: stories.telling,
        placeholders: stories.found.placeholders,
        characters: stories.characters,
      });
      task.progress({ stage: 'verifying', done: 1, total: 1 });
      return { bytes, report: reportOf(source.plan, stories, images, removed, assertPassed(checks)) };
    });
  }

  inspect(document: Uint8Array, task: DocumentTask): Promise<Inspection> {
    return withDocumentFailures(async () => {
      const { stories } = await readDocx(document, task);
      const findings: DocumentFinding[] = [];
      for (const { search } of stories) {
        for (const removals of search.removals().values()) {
          for (const { type, confidence, text, isContinued } of removals) {
            if (!isContinued)
              findings.push({ type: publicName(type), confidence, text, page: null, areas: [] });
          }
        }
      }
      return { pages: null, findings };
    });
  }
}

function countLeftBehind({ reader, plan }: DocxSource, removed: RemovedTally): void {
  const kept = new Set([...plan.parts, ...plan.images].map(({ source }) => source.toLowerCase()));
  for (const name of reader.names) {
    if (!kept.has(name.toLowerCase())) removed.add(leftBehindAs(name));
  }
  removed.add('external_references', plan.externals.others);
  removed.add('foreign_bytes', reader.hasComments ? 1 : 0);
}

function reportOf(
  plan: DocxPlan,
  { found, charactersLost }: RewrittenStories,
  images: KeptImages,
  removed: RemovedTally,
  verification: RedactionReport['verification'],
): RedactionReport {
  const risks: ResidualRisk[] = [];
  if (images.isAnyKept) risks.push('IMAGES_NOT_READ');
  if (plan.isSigned) risks.push('SIGNATURES_LOST');
  return {
    format: 'docx',
    pages: null,
    redactions: found.total,
    entities: found.entities(),
    regions: 0,
    native_pages: 0,
    raster_pages: 0,
    removed: removed.counts(),
    characters_lost: charactersLost,
    verification,
    residual_risks: risks,
  };
}
