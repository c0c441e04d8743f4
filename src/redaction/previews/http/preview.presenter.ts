import type { DocumentFinding } from '../../documents/document-handler.js';
import { countFindings } from '../finding-counts.js';
import type { Preview } from '../previews.service.js';
import type { PreviewDto, PreviewFindingDto } from './preview.dto.js';

/** Most findings that an answer lists; all of them are counted. */
export const MOST_FINDINGS = 10_000;

/** A hundredth of a pixel on any page that can be shown. */
const fraction = (value: number): number => Math.round(value * 1e5) / 1e5;

const presentFinding = ({ type, confidence, text, page, areas }: DocumentFinding): PreviewFindingDto => ({
  type,
  confidence: Math.round(confidence * 100) / 100,
  text,
  page,
  areas: areas.map(({ x, y, width, height }) => ({
    x: fraction(x),
    y: fraction(y),
    width: fraction(width),
    height: fraction(height),
  })),
});

export const presentPreview = ({ document, pages, findings }: Preview): PreviewDto => ({
  document_id: document.id,
  format: document.format,
  pages,
  counts: countFindings(findings),
  findings: findings.slice(0, MOST_FINDINGS).map(presentFinding),
  truncated: findings.length > MOST_FINDINGS,
});
