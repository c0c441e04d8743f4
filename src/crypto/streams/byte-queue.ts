/** Bytes that came in pieces of any size, to be taken in pieces of another. Copies nothing before it is taken. */
export class ByteQueue {
  private pieces: Buffer[] = [];
  private size = 0;

  get length(): number {
    return this.size;
  }

  push(piece: Buffer): void {
    if (piece.length === 0) return;
    this.pieces.push(piece);
    this.size += piece.length;
  }

  /** The first `count` bytes; all there are when they are fewer. */
  take(count: number): Buffer {
    const taken: Buffer[] = [];
    let missing = Math.min(count, this.size);
    this.size -= missing;
    let used = 0;
    for (const piece of this.pieces) {
      if (missing === 0) break;
      const part = piece.subarray(0, missing);
      taken.push(part);
      missing -= part.length;
      if (part.length < piece.length) this.pieces[used] = piece.subarray(part.length);
      else used += 1;
    }
    this.pieces.splice(0, used);
    const [only] = taken;
    return taken.length === 1 && only ? only : Buffer.concat(taken);
  }
}
