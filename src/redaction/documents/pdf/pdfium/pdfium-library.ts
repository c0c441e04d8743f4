import { init } from '@embedpdf/pdfium';
import { DocumentFailure } from '../../document-failure.js';
import { readWasmFile } from '../wasm-file.js';
import type { PdfiumExports } from './pdfium-exports.js';

/** Version 2.15.1. Builds before it leave whole names behind when two areas of one text object are redacted. */
const WASM_SHA256 = '5e4cd023c3dad4a895b3571ca573d3fc51bac6de48360d95283134385b954eaa';
const WASM_FILE = '@embedpdf/pdfium/pdfium.wasm';

/** What Emscripten makes of the module; the package's types lack the views of its memory. */
interface Instance {
  readonly wasmExports: PdfiumExports;
  readonly HEAPU8: Uint8Array;
  readonly HEAP32: Int32Array;
  readonly HEAPF32: Float32Array;
  readonly HEAPF64: Float64Array;
}

/**
 * One instance of PDFium with memory of its own. After an abort its memory is in no known state, so it is left to the
 * garbage collector, and the next document gets a fresh one.
 */
export class PdfiumLibrary {
  readonly call: PdfiumExports;
  readonly #module: Instance;

  private constructor(module: Instance) {
    this.#module = module;
    this.call = module.wasmExports;
  }

  /** @throws Error when the installed build is not the one that was examined */
  static async load(): Promise<PdfiumLibrary> {
    const settings = { wasmBinary: examinedBuild(), print: () => {}, printErr: () => {} };
    const { pdfium } = await init(settings);
    const library = new PdfiumLibrary(pdfium as unknown as Instance);
    library.call.PDFiumExt_Init();
    return library;
  }

  /** @throws DocumentFailure `DOCUMENT_TOO_COMPLEX` when there is no room */
  allocate(size: number): number {
    const address = this.call.malloc(Math.max(1, size));
    if (address === 0) throw new DocumentFailure('DOCUMENT_TOO_COMPLEX');
    return address;
  }

  /** The address of a copy; to be freed. */
  put(bytes: Uint8Array): number {
    const address = this.allocate(bytes.length);
    this.#module.HEAPU8.set(bytes, address);
    return address;
  }

  /** A copy of what lies there. */
  take(address: number, size: number): Uint8Array {
    return this.#module.HEAPU8.slice(address, address + size);
  }

  /** Bytes it has taken: memory of WebAssembly grows and never shrinks. */
  get size(): number {
    return this.#module.HEAPU8.byteLength;
  }

  /** Views of the memory, good until the next call that may allocate. */
  get doubles(): Float64Array {
    return this.#module.HEAPF64;
  }

  get floats(): Float32Array {
    return this.#module.HEAPF32;
  }

  get integers(): Int32Array {
    return this.#module.HEAP32;
  }
}

let build: ArrayBuffer | undefined;

function examinedBuild(): ArrayBuffer {
  build ??= readWasmFile(WASM_FILE, WASM_SHA256).buffer;
  return build;
}

/** Whether WebAssembly gave up: a trap, Emscripten's abort, or memory that could not grow. */
export function isAbort(error: unknown): boolean {
  const { name, message = '' } = error as Partial<Error>;
  return name === 'RuntimeError' || /^Aborted\(|out of memory|Array buffer allocation failed/i.test(message);
}
