const BYTES = Float32Array.BYTES_PER_ELEMENT;

/** Vectors one after another as 32-bit numbers, little end first, behind the number of their dimensions. */
export function packVectors(vectors: readonly Float32Array[]): Buffer {
  const dimensions = vectors[0]?.length ?? 0;
  const packed = Buffer.alloc(BYTES * (1 + dimensions * vectors.length));
  packed.writeUInt32LE(dimensions);
  let at = BYTES;
  for (const vector of vectors)
    for (const value of vector) {
      packed.writeFloatLE(value, at);
      at += BYTES;
    }
  return packed;
}

/** @throws RangeError for what {@link packVectors} has not made */
export function unpackVectors(packed: Buffer): Float32Array[] {
  const dimensions = packed.length < BYTES ? 0 : packed.readUInt32LE();
  const size = dimensions * BYTES;
  if (size === 0 || (packed.length - BYTES) % size !== 0) throw new RangeError('these are no packed vectors');
  return Array.from({ length: (packed.length - BYTES) / size }, (_, row) =>
    Float32Array.from({ length: dimensions }, (__, at) =>
      packed.readFloatLE(BYTES + row * size + at * BYTES),
    ),
  );
}
