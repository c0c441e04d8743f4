import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import sharp from 'sharp';
import type { Area } from '../../document-policy.js';
import { feed } from './oracles.js';

const SCRIPT = join(__dirname, 'pixel-oracles.sh');
/** Of an area's size, at each side: edges are blurred by whoever draws them. */
const EDGE = 0.06;
const DARK = 60;
const FORM_FEED = '\f';

/** Draws the pages and takes out the images of every file, two files at a time, in one call. */
export async function drawAll(paths: readonly string[]): Promise<void> {
  await feed('xargs', ['-P', '2', '-n', '1', 'sh', SCRIPT], paths.join('\n'));
}

/** The picture of a page, from 1. */
export const pagePicture = (path: string, page: number): string => `${path}.page-${page}.png`;

/** Pictures of all pages that were drawn. */
export async function pagePictures(path: string): Promise<string[]> {
  const name = `${basename(path)}.page-`;
  const files = await readdir(dirname(path));
  return files
    .filter((file) => file.startsWith(name))
    .map((file) => join(dirname(path), file))
    .sort();
}

/** Images of the file, masks among them. */
export async function imagesOf(path: string): Promise<string[]> {
  const folder = `${path}.images`;
  if (!existsSync(folder)) return [];
  return (await readdir(folder)).sort().map((file) => join(folder, file));
}

/** How much an area of a picture differs within itself: 0 is one colour, black text on white is above 50. */
export async function contrast(picture: string, area: Area): Promise<number> {
  const [dx, dy] = [area.width * EDGE, area.height * EDGE];
  const inner = { x: area.x + dx, y: area.y + dy, width: area.width - 2 * dx, height: area.height - 2 * dy };
  const { channels } = await sharp(await cutOut(picture, inner)).stats();
  return Math.max(...channels.map(({ stdev }) => stdev));
}

/** How many pixels of an area differ between two pictures of one size. */
export async function differingPixels(before: string, after: string, area: Area): Promise<number> {
  const [one, other] = await Promise.all(
    [before, after].map(async (picture) =>
      sharp(await cutOut(picture, area))
        .raw()
        .toBuffer(),
    ),
  );
  if (one === undefined || other === undefined || one.length !== other.length)
    return Number.POSITIVE_INFINITY;
  return one.reduce((count, value, at) => count + (value === other[at] ? 0 : 1), 0);
}

/** The longest run of dark columns in an area, in pixels. */
export async function darkRun(picture: string, area: Area): Promise<number> {
  const { data, info } = await sharp(await cutOut(picture, area))
    .toColourspace('b-w')
    .raw()
    .toBuffer({ resolveWithObject: true });
  let [longest, run] = [0, 0];
  for (let x = 0; x < info.width; x++) {
    const isDark = Array.from(
      { length: info.height },
      (_, y) => data[(y * info.width + x) * info.channels] ?? 255,
    );
    run = isDark.every((value) => value < DARK) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
}

/** An area of a picture, as PNG. */
async function cutOut(picture: string, area: Area): Promise<Buffer> {
  const image = sharp(await readFile(picture)).removeAlpha();
  const { width, height } = await image.metadata();
  const cut = {
    left: Math.ceil(area.x * width),
    top: Math.ceil(area.y * height),
    width: Math.max(1, Math.floor(area.width * width) - 1),
    height: Math.max(1, Math.floor(area.height * height) - 1),
  };
  return image.extract(cut).toColourspace('srgb').png().toBuffer();
}

/** Whether a picture has the given proportions: an image of a file that is the given one, or is made of it. */
export async function hasProportions(picture: string, width: number, height: number): Promise<boolean> {
  const { width: w, height: h } = await sharp(picture).metadata();
  return Math.abs(w / h - width / height) < 0.02;
}

/** What a reader of pixels makes of each picture: all in one process, since starting it takes long. */
export async function readPixels(pictures: readonly string[], folder: string): Promise<Map<string, string>> {
  if (pictures.length === 0) return new Map();
  const result = join(folder, 'pixels');
  // On two cores its threads stand in each other's way.
  const args = ['OMP_THREAD_LIMIT=1', 'tesseract', 'stdin', result, '--psm', '11', 'txt'];
  await feed('env', args, `${pictures.join('\n')}\n`);
  const pages = (await readFile(`${result}.txt`, 'utf8')).split(FORM_FEED);
  return new Map(pictures.map((picture, index) => [picture, pages[index] ?? '']));
}
