import { ANNOTATIONS } from './testing/annotations.fixtures.js';
import { CARRIERS } from './testing/carriers.fixtures.js';
import { EXOTIC } from './testing/exotic.fixtures.js';
import { orphansOf } from './testing/file-residue.js';
import { type PdfFixture, shown } from './testing/fixture.js';
import { FONTS } from './testing/fonts.fixtures.js';
import { FORMS } from './testing/forms.fixtures.js';
import { HIDING } from './testing/hiding.fixtures.js';
import { IMAGE_METADATA } from './testing/image-metadata.fixtures.js';
import {
  boxWidths,
  changedPixels,
  fontLeaks,
  leaksOf,
  textChanges,
  visibleAreas,
} from './testing/judgement.js';
import { LAYERS } from './testing/layers.fixtures.js';
import { oraclesThatShow, tracesOf } from './testing/oracles.js';
import { PAGE_TEXT } from './testing/page-text.fixtures.js';
import { describeWithPdfTools } from './testing/pdf-tools.js';
import { RedactedPdfs } from './testing/redacted-pdfs.js';
import { RESOURCES } from './testing/resources.fixtures.js';
import { SCANS } from './testing/scans.fixtures.js';
import { SIZES } from './testing/sizes.fixtures.js';
import { STRUCTURE } from './testing/structure.fixtures.js';
import { WIDTH_ROW, WIDTHS } from './testing/widths.fixtures.js';

/** Some twenty seconds of a machine that has nothing else to do. */
const MAKING_MS = 300_000;

const FIXTURES: readonly PdfFixture[] = [
  ...PAGE_TEXT,
  ...HIDING,
  ...EXOTIC,
  ...CARRIERS,
  ...RESOURCES,
  ...ANNOTATIONS,
  ...FORMS,
  ...LAYERS,
  ...STRUCTURE,
  ...SCANS,
  ...IMAGE_METADATA,
  ...FONTS,
  ...SIZES,
  WIDTHS,
];

describeWithPdfTools('PDFs, as other programs see them before and after', () => {
  const pdfs = new RedactedPdfs(FIXTURES);

  beforeAll(() => pdfs.make(), MAKING_MS);
  afterAll(() => pdfs.dispose());

  /** The redacted file; undefined when it was rightly refused. @throws Error when neither happened */
  function finished(fixture: PdfFixture) {
    const { outcome, redacted } = pdfs.of(fixture);
    if (redacted === undefined && !('refused' in outcome && outcome.refused === fixture.mayRefuse))
      throw new Error(`neither redacted nor rightly refused: ${JSON.stringify(outcome)}`);
    return redacted;
  }

  it('are each there once', () => {
    const names = FIXTURES.map(({ name }) => name);
    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  describe.each(FIXTURES.map((fixture) => [fixture.name, fixture] as const))('%s', (_, fixture) => {
    it('holds what is planted, before', async () => {
      const { original } = pdfs.of(fixture);
      for (const carrier of fixture.carriers)
        expect([carrier.label, oraclesThatShow(original.answers, shown(carrier))]).not.toEqual([
          carrier.label,
          [],
        ]);
      for (const text of fixture.readable ?? []) {
        if (!fixture.name.includes('turned')) expect(await pdfs.pixelText(original)).toContain(text);
      }
      for (const source of fixture.gone ?? []) expect(tracesOf(original.answers, [source])).not.toEqual([]);
      if (fixture.pixels) expect(await visibleAreas(fixture, original)).not.toEqual([]);
      if (fixture.letters)
        expect((await fontLeaks(fixture, original)).mapped).toBe([...new Set(fixture.letters)].join(''));
    });

    it(fixture.refused ? `is refused as ${fixture.refused}` : 'is redacted', () => {
      const { outcome } = pdfs.of(fixture);
      if ('refused' in outcome) expect(outcome.refused).toBe(fixture.refused ?? fixture.mayRefuse);
      else expect(outcome).toEqual({ redacted: expect.anything() });
      expect('redacted' in outcome && fixture.refused).toBeFalsy();
    });

    if (fixture.refused) return;

    it('holds nothing of it, after', async () => {
      const redacted = finished(fixture);
      if (!redacted) return;
      expect(leaksOf(fixture, redacted)).toEqual([]);
      expect(await visibleAreas(fixture, redacted)).toEqual([]);
      for (const text of fixture.readable ?? []) expect(await pdfs.pixelText(redacted)).not.toContain(text);
      expect(
        tracesOf({ ...redacted.answers, haystacks: new Map([['report', JSON.stringify(redacted.report)]]) }),
      ).toEqual([]);
    });

    it('keeps the rest', async () => {
      const { original } = pdfs.of(fixture);
      const redacted = finished(fixture);
      if (!redacted) return;
      for (const text of fixture.raster ? [] : fixture.kept)
        expect([text, oraclesThatShow(redacted.answers, text)]).toEqual([
          text,
          expect.arrayContaining(['mutool']),
        ]);
      for (const text of fixture.readsAfter ?? []) expect(await pdfs.pixelText(redacted)).toContain(text);
      if (!fixture.raster)
        for (const { program, extra, lost } of textChanges(fixture, original.answers, redacted.answers)) {
          expect({ program, extra }).toEqual({ program, extra: '' });
          expect([program, lost, lost.length <= (fixture.mayLose ?? 0)]).toEqual([program, lost, true]);
        }
      expect(await changedPixels(fixture, pdfs.of(fixture))).toBe(0);
    });

    it('is a sound file without leftovers, and says what was done', async () => {
      const redacted = finished(fixture);
      if (!redacted) return;
      expect(redacted.answers.check).toEqual({ status: 0, said: expect.any(String) });
      expect(await orphansOf(redacted.bytes)).toEqual([]);
      const { report } = redacted;
      expect(report.removed.map(({ kind }) => kind)).toEqual(
        expect.arrayContaining([...(fixture.reports?.removed ?? [])]),
      );
      expect(report.residual_risks).toEqual(expect.arrayContaining([...(fixture.reports?.risks ?? [])]));
      if (fixture.redactions !== undefined) expect(report.redactions).toBe(fixture.redactions);
      expect(report.native_pages + report.raster_pages).toBe(report.pages);
      if (fixture.raster) expect(report.raster_pages).toBe(report.pages);
    });

    if (fixture.letters === undefined) return;

    it('has no letter in its fonts that only the value had', async () => {
      const redacted = finished(fixture);
      if (!redacted) return;
      const leaks = await fontLeaks(fixture, redacted);
      const isTold = redacted.report.residual_risks.includes('FONTS_NOT_PRUNED');
      if (fixture.mayKeepLetters && isTold) return;
      expect(leaks).toEqual({ mapped: '', outlinesTooMany: 0 });
    });
  });

  it('tell by their boxes no width of a name, under a strict policy', async () => {
    const { redacted } = pdfs.of(WIDTHS);
    if (!redacted) throw new Error('it was not redacted');
    const widths = await boxWidths(redacted, WIDTH_ROW);
    expect(widths.every((width) => width > 100)).toBe(true);
    expect(new Set(widths).size).toBeLessThanOrEqual(widths.length / 2);
  });
});
