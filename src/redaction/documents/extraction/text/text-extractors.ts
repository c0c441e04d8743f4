import { DocumentFailure } from '../../document-failure.js';
import { decodeText } from '../../text/text-encoding.js';
import type { Extractor } from '../document-extractor.js';
import { type ExtractedDocument, type Heading, MOST_CHARACTERS } from '../extracted-document.js';
import { plain, titleOf } from '../plain.js';
import { markdownHeadings } from './markdown-headings.js';

/** A title that the head of a Markdown file states in YAML. */
const FRONT_TITLE = /^title:[ \t]*(["']?)(?!["']+$)(\S[^\n]*?)\1[ \t]*$/m;
const LONGEST_FRONT = 10_000;

/** Plain text, and JSON, as they are. @throws DocumentFailure `DOCUMENT_UNDECODABLE`, `DOCUMENT_TOO_LARGE` */
export const extractText: Extractor = async (document) => textDocument(readable(document), [], undefined);

/** Markdown as it is spelled. @throws as {@link extractText} does */
export const extractMarkdown: Extractor = async (document) => {
  const text = readable(document);
  const front = frontMatter(text);
  const headings = markdownHeadings(text.slice(front.length)).map((heading) => ({
    ...heading,
    start: heading.start + front.length,
    end: heading.end + front.length,
  }));
  const first = headings.find(({ level }) => level === 1);
  const title = FRONT_TITLE.exec(front)?.[2] ?? (first && text.slice(first.start, first.end));
  return textDocument(text, headings, title);
};

function textDocument(text: string, headings: Heading[], title: string | undefined): ExtractedDocument {
  return {
    text,
    pages: [],
    headings,
    tables: [],
    pageCount: null,
    title: titleOf(title),
    isPartial: false,
    gaps: [],
  };
}

function readable(document: Uint8Array): string {
  const { text } = decodeText(document);
  if (text.length > MOST_CHARACTERS) throw new DocumentFailure('DOCUMENT_TOO_LARGE');
  return tidy(plain(text));
}

/** Without blanks at the ends of lines, and with one empty line where there are several. */
function tidy(text: string): string {
  const lines: string[] = [];
  for (const line of text.split('\n')) {
    const kept = line.trimEnd();
    if (kept !== '' || (lines.length > 0 && lines.at(-1) !== '')) lines.push(kept);
  }
  return lines.join('\n').trim();
}

/** The head of a Markdown file between lines of dashes; empty when there is none. */
function frontMatter(text: string): string {
  if (!text.startsWith('---\n')) return '';
  const end = `${text.slice(0, LONGEST_FRONT)}\n`.indexOf('\n---\n', 3);
  return end < 0 ? '' : text.slice(0, end + 5);
}
