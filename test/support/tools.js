import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
/** Whether a program is on the PATH. */
export function isInstalled(program) {
    return (process.env.PATH ?? '').split(delimiter).some((folder) => {
        try {
            accessSync(join(folder, program), constants.X_OK);
            return true;
        }
        catch {
            return false;
        }
    });
}
/** Programs whose package of Debian's is called otherwise, or which are in none. */
const SOURCES = {
    pdftotext: 'Debian: apt-get install poppler-utils',
    mutool: 'Debian: apt-get install mupdf-tools',
    tesseract: 'Debian: apt-get install tesseract-ocr',
    versitygw: 'go install github.com/versity/versitygw/cmd/versitygw@v1.8.0',
};
/** Whether tests may rely on a program: without it they are left out aloud, but with CI=true they fail. */
export function mayUse(program, what) {
    if (isInstalled(program) || process.env.CI === 'true')
        return true;
    const how = SOURCES[program] ?? `Debian: apt-get install ${program}`;
    process.stderr.write(`LEFT OUT: ${what}. To run it: install ${program} (${how}).\n`);
    return false;
}
/** `describe` for tests that need a program, see {@link mayUse}. */
export function describeWith(program, name, tests) {
    if (mayUse(program, name)) {
        describe(name, tests);
        return;
    }
    // biome-ignore lint/suspicious/noSkippedTests: a machine without the program says so; CI never gets here
    describe.skip(name, tests);
}
