import { readWasmFile } from '../wasm-file.js';

/** HarfBuzz's subsetter (hb-subset.h) as its WebAssembly module exports it. */
interface SubsetExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  _initialize(): void;
  malloc(size: number): number;
  free(address: number): void;
  hb_blob_create(data: number, length: number, mode: number, user: number, destroy: number): number;
  hb_blob_destroy(blob: number): void;
  hb_blob_get_data(blob: number, length: number): number;
  hb_blob_get_length(blob: number): number;
  hb_face_create(blob: number, index: number): number;
  hb_face_destroy(face: number): void;
  hb_face_reference_blob(face: number): number;
  hb_set_add(set: number, value: number): void;
  hb_subset_input_create_or_fail(): number;
  hb_subset_input_destroy(input: number): void;
  hb_subset_input_glyph_set(input: number): number;
  hb_subset_input_set(input: number, kind: number): number;
  hb_subset_input_set_flags(input: number, flags: number): void;
  hb_subset_or_fail(face: number, input: number): number;
}

/** The part of the WebAssembly interface that is used: TypeScript knows it from the DOM alone. */
interface WebAssemblyInterface {
  instantiate(bytes: Uint8Array, imports: object): Promise<{ instance: { exports: unknown } }>;
}

const READ_ONLY = 1;
const RETAIN_GLYPH_NUMBERS = 0x2;
const KEEP_FIRST_OUTLINE = 0x40;
const NO_LAYOUT_CLOSURE = 0x200;
const FLAGS = RETAIN_GLYPH_NUMBERS | KEEP_FIRST_OUTLINE | NO_LAYOUT_CLOSURE;
/** Sets of hb_subset_sets_t. */
const UNTOUCHED_TABLES = 2;
const DROPPED_TABLES = 3;
const DROPPED = [
  'GSUB',
  'GPOS',
  'GDEF',
  'kern',
  'name',
  'DSIG',
  'meta',
  'post',
  'OS/2',
  'hdmx',
  'VDMX',
  'LTSH',
  'gasp',
];
/** Version 1.6.4. */
const WASM_SHA256 = '62415fe6bad92ef16f3e5d2dbed6c66a4adec7f5a59c6d27084811c92cce1ba5';
const WASM_FILE = 'harfbuzzjs/dist/harfbuzz-subset.wasm';

let loading: Promise<HarfbuzzSubset> | undefined;

/** Cuts fonts down to some of their glyphs, each under its old number. */
export class HarfbuzzSubset {
  private constructor(readonly call: SubsetExports) {}

  static load(): Promise<HarfbuzzSubset> {
    loading ??= HarfbuzzSubset.#instance();
    return loading;
  }

  static async #instance(): Promise<HarfbuzzSubset> {
    const bytes = readWasmFile(WASM_FILE, WASM_SHA256);
    const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyInterface };
    const { instance } = await WebAssembly.instantiate(bytes, {});
    const call = instance.exports as SubsetExports;
    call._initialize();
    return new HarfbuzzSubset(call);
  }

  /** Undefined when the font cannot be cut down. Its `cmap` stays as it is. */
  subset(font: Uint8Array, glyphs: Iterable<number>): Uint8Array | undefined {
    const { call } = this;
    const data = call.malloc(font.length);
    new Uint8Array(call.memory.buffer).set(font, data);
    const blob = call.hb_blob_create(data, font.length, READ_ONLY, 0, 0);
    const face = call.hb_face_create(blob, 0);
    const input = call.hb_subset_input_create_or_fail();
    const wanted = call.hb_subset_input_glyph_set(input);
    for (const glyph of glyphs) call.hb_set_add(wanted, glyph);
    const dropped = call.hb_subset_input_set(input, DROPPED_TABLES);
    for (const tag of DROPPED) call.hb_set_add(dropped, tagNumber(tag));
    call.hb_set_add(call.hb_subset_input_set(input, UNTOUCHED_TABLES), tagNumber('cmap'));
    call.hb_subset_input_set_flags(input, FLAGS);
    const subset = call.hb_subset_or_fail(face, input);
    const result = subset === 0 ? undefined : this.#taken(subset);
    call.hb_subset_input_destroy(input);
    call.hb_face_destroy(face);
    call.hb_blob_destroy(blob);
    call.free(data);
    return result;
  }

  #taken(subset: number): Uint8Array | undefined {
    const { call } = this;
    const blob = call.hb_face_reference_blob(subset);
    const length = call.hb_blob_get_length(blob);
    const start = call.hb_blob_get_data(blob, 0);
    const bytes = new Uint8Array(call.memory.buffer).slice(start, start + length);
    call.hb_blob_destroy(blob);
    call.hb_face_destroy(subset);
    return length === 0 ? undefined : bytes;
  }
}

const tagNumber = (tag: string): number => Buffer.from(tag.padEnd(4), 'latin1').readUInt32BE();
