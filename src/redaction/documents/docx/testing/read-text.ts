import { unzip } from './unzip.js';

/** The text of a part as it reads: paragraphs as lines, deleted text left out. By other means than those of the product. */
export function textOf(bytes: Uint8Array, part = 'word/document.xml'): string {
  const xml = unzip(bytes).get(part)?.toString('utf8') ?? '';
  return xml
    .replace(/^<\?[^>]*>\s*/, '')
    .replaceAll(/<w:delText[^>]*>[^<]*<\/w:delText>|<w:instrText[^>]*>[^<]*<\/w:instrText>/g, '')
    .replaceAll(/<\/w:p>/g, '\n')
    .replaceAll(/<w:tab\/>/g, '\t')
    .replaceAll(/<w:noBreakHyphen\/>/g, '-')
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&');
}
