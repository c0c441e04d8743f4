import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RedactionReport } from '../../redaction-report.js';
import type { PdfFixture } from './fixture.js';
import { type Answers, askOracles, readAnswers } from './oracles.js';
import { drawAll, imagesOf, pagePictures, readPixels } from './pixels.js';
import { type Outcome, policyOf, RedactingProcess } from './redacting-process.js';

/** A file and what others see in it. */
export interface SeenFile {
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly answers: Answers;
}

/** One fixture before and after. */
export interface RedactedPdf {
  readonly original: SeenFile;
  readonly outcome: Outcome;
  /** Absent when it was refused. */
  readonly redacted?: SeenFile & { readonly report: RedactionReport };
}

/** Fixtures whose pixels matter. */
const isDrawn = ({ pixels, readable, unchanged, readsAfter, raster }: PdfFixture): boolean =>
  [pixels, readable, unchanged, readsAfter].some((asked) => asked !== undefined) || raster === true;

/**
 * Makes, redacts and looks at every fixture, all of them at once: the programs that look are started once for all files,
 * since CI has little time.
 */
export class RedactedPdfs {
  #folder = '';
  readonly #results = new Map<string, RedactedPdf>();
  #read = new Map<string, string>();

  constructor(private readonly fixtures: readonly PdfFixture[]) {}

  async make(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'redoubt-pdfs-'));
    const [before, after] = [join(this.#folder, 'before'), join(this.#folder, 'after')];
    await Promise.all([mkdir(before), mkdir(after)]);
    const originals = await Promise.all(
      this.fixtures.map(async ({ make }, index) => {
        const [path, bytes] = [join(before, `${index}.pdf`), await make()];
        await writeFile(path, bytes);
        return { path, bytes };
      }),
    );
    const outcomes = await this.#redactAll(originals.map(({ bytes }) => bytes));
    const finished = await Promise.all(
      outcomes.map(async (outcome, index) => {
        if (!('redacted' in outcome)) return undefined;
        const path = join(after, `${index}.pdf`);
        await writeFile(path, outcome.redacted.bytes);
        return { path, ...outcome.redacted };
      }),
    );
    await askOracles([
      ...originals.map(({ path }, index) => ({ path, ...passwordOf(this.fixtures[index]) })),
      ...finished.flatMap((file) => (file ? [{ path: file.path, checked: true }] : [])),
    ]);
    for (const [index, { name }] of this.fixtures.entries()) {
      const [original, outcome, redacted] = [originals[index], outcomes[index], finished[index]];
      if (original === undefined || outcome === undefined) continue;
      this.#results.set(name, {
        original: { ...original, answers: await readAnswers(original.path) },
        outcome,
        ...(redacted && { redacted: { ...redacted, answers: await readAnswers(redacted.path) } }),
      });
    }
    await this.#draw();
  }

  /** @throws Error for a fixture that is not among them */
  of({ name }: PdfFixture): RedactedPdf {
    const result = this.#results.get(name);
    if (result === undefined) throw new Error(`nothing was made of "${name}"`);
    return result;
  }

  /** What a reader of pixels made of a file's pages and images. */
  async pixelText({ path }: SeenFile): Promise<string> {
    const pictures = [...(await pagePictures(path)), ...(await imagesOf(path))];
    return pictures.map((picture) => this.#read.get(picture) ?? '').join('\n');
  }

  async dispose(): Promise<void> {
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #redactAll(documents: readonly Uint8Array[]): Promise<Outcome[]> {
    const processes = [new RedactingProcess(), new RedactingProcess()];
    const outcomes: Outcome[] = [];
    let next = 0;
    const work = async (process: RedactingProcess) => {
      for (let index = next++; index < documents.length; index = next++) {
        const bytes = documents[index] ?? new Uint8Array();
        outcomes[index] = await process.ask('redact', bytes, policyOf(this.fixtures[index]?.policy));
      }
      process.end();
    };
    await Promise.all(processes.map(work));
    return outcomes;
  }

  async #draw(): Promise<void> {
    const drawn = this.fixtures.filter(isDrawn).flatMap((fixture) => {
      const { original, redacted } = this.of(fixture);
      return [original.path, ...(redacted ? [redacted.path] : [])];
    });
    await drawAll(drawn);
    const asked = this.fixtures.filter(({ readable, readsAfter }) => readable ?? readsAfter);
    const pictures: string[] = [];
    for (const fixture of asked) {
      const { original, redacted } = this.of(fixture);
      pictures.push(...(await pagePictures(original.path)));
      if (redacted) pictures.push(...(await pagePictures(redacted.path)), ...(await imagesOf(redacted.path)));
    }
    this.#read = await readPixels(pictures, this.#folder);
  }
}

const passwordOf = (fixture: PdfFixture | undefined) => {
  const password = fixture?.policy?.documentPassword;
  return password === undefined ? {} : { password };
};
