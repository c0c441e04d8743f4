import { readFileSync } from 'node:fs';

interface Vector {
  readonly tcId: number;
  readonly comment: string;
  /** Hexadecimal, as are the others. */
  readonly msg: string;
  readonly ct: string;
  readonly label: string;
  readonly result: 'valid' | 'invalid';
}

interface VectorFile {
  readonly testGroups: readonly { readonly privateKeyPkcs8: string; readonly tests: readonly Vector[] }[];
}

/** One thing a client may send, and the text that it must come to; none when it must be refused. */
export interface OaepVector {
  readonly name: string;
  readonly privateKey: Buffer;
  /** Base64. */
  readonly ciphertext: string;
  readonly text: string | undefined;
}

const FILE = 'test/vectors/wycheproof/rsa_oaep_3072_sha256_mgf1sha256_test.json';

/** What the vector comes to where no label is given and only texts are wanted. */
function textOf({ result, label, msg }: Vector): string | undefined {
  const bytes = Buffer.from(msg, 'hex');
  const text = bytes.toString('utf8');
  const isText = Buffer.from(text, 'utf8').equals(bytes) && !text.includes('\0');
  return result === 'valid' && label === '' && isText ? text : undefined;
}

/** Project Wycheproof's vectors of RSA-OAEP with 3072 bits and SHA-256. */
export function oaepVectors(): OaepVector[] {
  const { testGroups } = JSON.parse(readFileSync(FILE, 'utf8')) as VectorFile;
  return testGroups.flatMap(({ privateKeyPkcs8, tests }) =>
    tests.map((vector) => ({
      name: `${vector.tcId} ${vector.comment}`.trim(),
      privateKey: Buffer.from(privateKeyPkcs8, 'hex'),
      ciphertext: Buffer.from(vector.ct, 'hex').toString('base64'),
      text: textOf(vector),
    })),
  );
}
