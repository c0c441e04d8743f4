import { fontResidueOf } from './file-residue.js';
import type { PdfFixture } from './fixture.js';
import { type Answers, charactersOf, surplus, tracesOf } from './oracles.js';
import {
  contrast,
  darkRun,
  differingPixels,
  hasProportions,
  imagesOf,
  pagePicture,
  pagePictures,
} from './pixels.js';
import { PLANTED } from './planted.js';
import type { RedactedPdf, SeenFile } from './redacted-pdfs.js';
import { NAME_AREA, PICTURE } from './scan-picture.js';

/** Below it an area is of one colour, whatever its edges and its compression do to it. */
const ONE_COLOUR = 4;

/** Every trace of planted values, or of what the fixture says is to be gone, in a file. */
export const leaksOf = ({ gone = [], policy }: PdfFixture, { answers }: SeenFile) => [
  ...tracesOf(answers),
  ...tracesOf(answers, [...gone, ...(policy?.searchTerms ?? [])]),
];

/** What the text of a redacted document has too much and too little, by each program that read both. */
export function textChanges({ measuredBy, policy }: PdfFixture, before: Answers, after: Answers) {
  const terms = policy?.searchTerms ?? PLANTED;
  return (['poppler', 'mupdf'] as const)
    .filter((program) => measuredBy === undefined || measuredBy === program)
    .map((program) => {
      const expected = charactersOf(without(before.texts[program], terms));
      const found = charactersOf(after.texts[program]);
      return { program, extra: surplus(found, expected), lost: surplus(expected, found) };
    });
}

/** A text without the given ones, whatever white space is within them. */
function without(text: string, terms: readonly string[]): string {
  const dense = text.replaceAll(/\s/g, '');
  return terms.reduce((rest, term) => rest.replaceAll(term.replaceAll(/\s/g, ''), ''), dense);
}

/** Areas of the page that are not of one colour, by number; and images of the file in which the name's place is not. */
export async function visibleAreas({ pixels = [] }: PdfFixture, { path }: SeenFile): Promise<string[]> {
  if (pixels.length === 0) return [];
  const visible: string[] = [];
  for (const [index, region] of pixels.entries()) {
    const picture = pagePicture(path, region.page ?? 1);
    if ((await contrast(picture, region)) > ONE_COLOUR) visible.push(`area ${index} of the page`);
  }
  for (const [index, image] of (await imagesOf(path)).entries()) {
    if (!(await hasProportions(image, PICTURE.width, PICTURE.height))) continue;
    if ((await contrast(image, NAME_AREA)) > ONE_COLOUR) visible.push(`image ${index} of the file`);
  }
  return visible;
}

/** How many pixels of areas that stay differ between before and after. */
export async function changedPixels({ unchanged = [] }: PdfFixture, { original, redacted }: RedactedPdf) {
  let changed = 0;
  for (const region of unchanged) {
    const [before, after] = [original, redacted].map((file) =>
      pagePicture(file?.path ?? '', region.page ?? 1),
    );
    changed += await differingPixels(before ?? '', after ?? '', region);
  }
  return changed;
}

/** What fonts tell of characters that only a removed value had. */
export async function fontLeaks({ letters = '', kept }: PdfFixture, { bytes }: SeenFile) {
  const { mapped, outlines } = await fontResidueOf(bytes);
  const allowed = new Set(kept.join('').replaceAll(/\s/g, '')).size;
  return {
    mapped: [...letters].filter((letter) => mapped.has(letter)).join(''),
    outlinesTooMany: Math.max(0, ...outlines.map((count) => count - allowed)),
  };
}

/** Widths of the dark box in a row of each page, in hundredths of an inch. */
export async function boxWidths({ path }: SeenFile, row: Parameters<typeof contrast>[1]): Promise<number[]> {
  return Promise.all((await pagePictures(path)).map((picture) => darkRun(picture, row)));
}
