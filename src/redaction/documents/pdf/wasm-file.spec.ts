import { readWasmFile } from './wasm-file.js';

describe('a build of PDFium', () => {
  it('is not taken unless it is the one that was examined', () => {
    expect(() => readWasmFile('@embedpdf/pdfium/pdfium.wasm', '0'.repeat(64))).toThrow(
      'not the build that was examined',
    );
  });
});
