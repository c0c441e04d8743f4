import { generateKeyPairSync, sign } from 'node:crypto';
import { checkpointText, parseCheckpoint, signCheckpoint, verifyCheckpoint } from './checkpoint.js';
import { EMPTY_ROOT, leafHash } from './merkle-hash.js';
import { parseNote, parseVerifierKey, type Verifier, verifierKey, verifyNote } from './signed-note.js';

/** The example of golang.org/x/mod/sumdb/note, whose format this is. */
const KNOWN_KEY = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const KNOWN_NOTE = [
  'If you think cryptography is the answer to your problem,',
  "then you don't know what your problem is.",
  '',
  '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=',
  '',
].join('\n');

const verdictOf = (note: string, key: string) => {
  const [parsed, verifier] = [parseNote(note), parseVerifierKey(key)];
  return parsed && verifier ? verifyNote(parsed, verifier) : 'unreadable';
};

describe('a signed note', () => {
  it('that others made is verified', () => {
    expect(verdictOf(KNOWN_NOTE, KNOWN_KEY)).toBe('signed');
    expect(verifierKey(parseVerifierKey(KNOWN_KEY) as Verifier)).toBe(KNOWN_KEY);
  });

  it('says so wherever a character of it was changed', () => {
    for (let at = 0; at < KNOWN_NOTE.length; at += 1)
      for (const other of ['x', '\n', '\0', ''])
        if (KNOWN_NOTE[at] !== other) {
          const changed = KNOWN_NOTE.slice(0, at) + other + KNOWN_NOTE.slice(at + 1);
          expect([at, verdictOf(changed, KNOWN_KEY)]).not.toEqual([at, 'signed']);
        }
  });

  it.each([
    ['no signature', 'text\n'],
    ['no text', '\n\n— a AAAAAAAA\n'],
    ['no end', 'text\n\n— a AAAAAAAA'],
    ['a line that signs nothing', 'text\n\n— a AAAAAAAA\nmore\n'],
    ['loose base64', 'text\n\n— a AAAAAAB=\n'],
  ])('with %s is none', (_, note) => {
    expect(parseNote(note)).toBeUndefined();
  });

  it.each([
    '',
    'a+b',
    KNOWN_KEY.replace('c74f20a3', 'c74f20a4'),
    KNOWN_KEY.replace('+AR', '+AB'),
    `${KNOWN_KEY}=`,
  ])('is not verified by %p', (key) => {
    expect(parseVerifierKey(key)).toBeUndefined();
  });
});

describe('a checkpoint', () => {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x ?? '', 'base64url');
  const signBy = async (bytes: Buffer): Promise<Buffer> => sign(null, bytes, pair.privateKey);
  const checkpoint = { origin: 'redoubt/1/org_x', size: 7, root: leafHash('anything') };

  it('is read as it was written, and verified by the key of its log', async () => {
    const note = await signCheckpoint(checkpoint, publicKey, signBy);
    const parsed = parseCheckpoint(note);
    expect(parsed).toMatchObject(checkpoint);
    if (!parsed) throw new Error('unreadable');
    expect(verifyCheckpoint(parsed, { name: checkpoint.origin, publicKey })).toBe('signed');
    expect(verifyCheckpoint(parsed, { name: 'redoubt/1/org_y', publicKey })).toBe('other_signer');
    expect(
      verifyCheckpoint(
        { ...parsed, note: { ...parsed.note, text: checkpointText({ ...checkpoint, size: 8 }) } },
        { name: checkpoint.origin, publicKey },
      ),
    ).toBe('invalid');
  });

  it('of an empty log is one', async () => {
    const empty = { ...checkpoint, size: 0, root: EMPTY_ROOT };
    expect(parseCheckpoint(await signCheckpoint(empty, publicKey, signBy))).toMatchObject(empty);
  });

  it.each(['07', '-1', '1e3', '9007199254740993', '', ' 7'])('has no size %p', (size) => {
    const text = checkpointText(checkpoint).replace('\n7\n', `\n${size}\n`);
    expect(parseCheckpoint(`${text}\n— a AAAAAAAA\n`)).toBeUndefined();
  });
});
