type Column = Uint8Array<ArrayBuffer> | Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

const LEAST = 64;

/** The same values with room for the element at an index: twice the length when it has to grow. */
export function withRoomFor<C extends Column>(column: C, index: number): C {
  if (index < column.length) return column;
  const length = Math.max(LEAST, column.length * 2, index + 1);
  const grown = new (column.constructor as new (length: number) => C)(length);
  grown.set(column);
  return grown;
}
