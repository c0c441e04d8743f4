import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Area } from '../../document-policy.js';
import { execute } from './oracles.js';
import { documentOf, line } from './page.js';
import { NAME } from './planted.js';

/** Size of the picture on a page, in points. */
export const PICTURE = { width: 320, height: 80 };
/** Where its lines stand, in points from its lower left corner. */
export const NAME_AT = { x: 110, y: 20 };
export const TEXT_SIZE = 16;
export const PICTURE_LABEL = 'SCANNED';

/** The name in fractions of the picture. */
export const NAME_AREA: Area = { x: 106 / 320, y: 42 / 80, width: 200 / 320, height: 26 / 80 };

/** Within the name's glyphs alone, from the baseline to the height of its small letters. */
export const GLYPHS_AREA: Area = { x: 111 / 320, y: 51 / 80, width: 157 / 320, height: 8 / 80 };

const RESOLUTION = 144;

/** Gray pixels, a byte each. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly gray: Buffer;
}

let made: Promise<Picture> | undefined;

/** A scan of two lines: one that stays, one with a planted name. MuPDF draws it, since it brings its own fonts. */
export function scannedPicture(): Promise<Picture> {
  made ??= draw();
  return made;
}

async function draw(): Promise<Picture> {
  const folder = await mkdtemp(join(tmpdir(), 'redoubt-scan-'));
  try {
    const [source, drawn] = [join(folder, 'scan.pdf'), join(folder, 'scan.png')];
    const content =
      line('Left of it stays', 8, 54, TEXT_SIZE) +
      line(PICTURE_LABEL, 8, NAME_AT.y, TEXT_SIZE) +
      line(NAME, NAME_AT.x, NAME_AT.y, TEXT_SIZE);
    await writeFile(
      source,
      documentOf({ content, entries: `/MediaBox [0 0 ${PICTURE.width} ${PICTURE.height}]` }),
    );
    await execute('mutool', ['draw', '-q', '-r', String(RESOLUTION), '-c', 'gray', '-o', drawn, source]);
    const { data, info } = await sharp(await readFile(drawn))
      .toColourspace('b-w')
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, gray: data };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The picture for sharp to encode. */
export const asSharp = ({ width, height, gray }: Picture) =>
  sharp(gray, { raw: { width, height, channels: 1 } });
