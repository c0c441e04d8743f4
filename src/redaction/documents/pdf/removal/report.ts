import { publicName } from '../../../engine/type-names.js';
import type { DocumentPolicy } from '../../document-policy.js';
import type { RedactionReport, RemovedEntities, ResidualRisk } from '../../redaction-report.js';
import type { PreparedPdf } from '../preparation.js';
import type { RemovedPage } from './page-remover.js';

/** All of a document's report but what its verification adds. */
export function reportOf(
  { pages, removed }: PreparedPdf,
  done: readonly RemovedPage[],
  { strict }: DocumentPolicy,
  fontsLeft: boolean,
): Omit<RedactionReport, 'verification'> {
  const redactions = done.reduce((sum, { findings }) => sum + findings.length, 0);
  const risks: Record<ResidualRisk, boolean> = {
    WIDTH_OF_GAPS: !strict && redactions > 0,
    IMAGES_NOT_READ: pages.some(({ images, hiddenImages }) => images.length > 0 || hiddenImages),
    DRAWINGS_NOT_READ: pages.some(({ outlines }) => outlines.mayBeText),
    FONTS_NOT_PRUNED: !strict && fontsLeft,
    ACCESSIBILITY_LOST: removed.of('tags') > 0,
    SIGNATURES_LOST: removed.of('signatures') > 0,
    NOT_SEARCHABLE: strict,
  };
  return {
    format: 'pdf',
    pages: pages.length,
    redactions,
    entities: entitiesOf(done),
    regions: pages.reduce((sum, { regions }) => sum + regions.length, 0),
    native_pages: strict ? 0 : pages.length,
    raster_pages: strict ? pages.length : 0,
    removed: removed.list(),
    characters_lost: done.reduce((sum, { lost }) => sum + lost, 0),
    residual_risks: (Object.keys(risks) as ResidualRisk[]).filter((risk) => risks[risk]),
  };
}

function entitiesOf(done: readonly RemovedPage[]): RemovedEntities[] {
  const types = new Map<string, Map<number, number>>();
  for (const [index, { findings }] of done.entries()) {
    for (const { type } of findings) {
      const pages = types.get(publicName(type)) ?? new Map<number, number>();
      pages.set(index + 1, (pages.get(index + 1) ?? 0) + 1);
      types.set(publicName(type), pages);
    }
  }
  return [...types].map(([type, pages]) => ({
    type,
    count: [...pages.values()].reduce((sum, count) => sum + count, 0),
    pages: [...pages].map(([page, count]) => ({ page, count })),
  }));
}
