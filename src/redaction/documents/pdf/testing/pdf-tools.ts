import { mayUse } from '../../../../../test/support/tools.js';

/** Programs that look at PDFs for the tests; `pdftotext` stands for all of poppler's. */
const PROGRAMS = ['qpdf', 'pdftotext', 'mutool', 'tesseract'];

/** `describe` for tests that ask other programs about PDFs: without them left out aloud, but failing with CI=true. */
export function describeWithPdfTools(name: string, tests: () => void): void {
  if (PROGRAMS.every((program) => mayUse(program, name))) {
    describe(name, tests);
    return;
  }
  // biome-ignore lint/suspicious/noSkippedTests: a machine without the programs says so; CI never gets here
  describe.skip(name, tests);
}
