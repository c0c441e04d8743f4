import { createHash } from 'node:crypto';

/** SHA-256 of parts, one after the other. */
export const sha256 = (...parts: (Buffer | string)[]): Buffer => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/** As RFC 9162 §2.1.3.2 has it: where a leaf leads by its proof. */
export function rootBy(text: string, leaf: number, size: number, proof: readonly string[]): string {
  let [fn, sn, hash] = [leaf, size - 1, sha256(Buffer.of(0), text)];
  for (const step of proof.map((each) => Buffer.from(each, 'base64'))) {
    const isRight = fn % 2 === 1 || fn === sn;
    hash = isRight ? sha256(Buffer.of(1), step, hash) : sha256(Buffer.of(1), hash, step);
    if (isRight) while (fn % 2 === 0 && fn !== 0) [fn, sn] = [fn >> 1, sn >> 1];
    [fn, sn] = [fn >> 1, sn >> 1];
  }
  return hash.toString('base64');
}
