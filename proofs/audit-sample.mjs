// A log as the server makes one, with a key that the forger holds too.
import { generateKeyPairSync, sign } from 'node:crypto';

const ORIGIN = 'redoubt/0123456789abcdef/org_01k9zq3v8x6m2n4p5r7s9t0w1y';
const ACTIONS = ['text.processed', 'variable.read', 'file.downloaded', 'user.logged_in', 'project.created'];

const newKey = () => {
  const pair = generateKeyPairSync('ed25519');
  const publicKey = Buffer.from(pair.publicKey.export({ format: 'jwk' }).x, 'base64url');
  return { publicKey, sign: async (bytes) => sign(null, bytes, pair.privateKey) };
};

/** A row as the server stores them. */
const anyRow = (random, digestOf) => ({
  ...{
    id: `audit_${random.digits(20)}`,
    number: random.below(1e9),
    organizationId: 'org_01k9zq3v8x6m2n4p5r7s9t0w1y',
  },
  ...{
    projectId: random.pick([null, `proj_${random.digits(20)}`]),
    actorType: 'api_key',
    actorId: `key_${random.digits(9)}`,
  },
  ...{
    userId: `user_${random.digits(9)}`,
    subjectUserId: random.pick([null, `user_${random.digits(9)}`]),
  },
  ...{ action: random.pick(ACTIONS), targetType: 'project', targetId: `proj_${random.digits(20)}` },
  ...{
    requestId: `req_${random.digits(20)}`,
    counts: { entities: random.below(50), documents: random.below(9) },
  },
  ...{ createdAt: new Date(1.7e12 + random.below(1e11)), sealedDigest: digestOf(random.digits(9)) },
});

/** @param modules the engine of the audit log, as it was built */
export async function sampleLog({ modules, size, oldSize, random }) {
  const { canonicalJson, CompactRange, ExportWriter, leafHash, signCheckpoint, verifierKey, entryOfRow } =
    modules;
  const entry = () => entryOfRow(anyRow(random, leafHash));
  const hashOf = (each) => leafHash(canonicalJson(each));
  const headOf = (entries, count) => {
    const range = new CompactRange();
    for (const each of entries.slice(0, count)) range.append(hashOf(each));
    return { origin: ORIGIN, size: range.size, root: range.root() };
  };
  const verifierOf = ({ publicKey }) => ({ name: ORIGIN, publicKey });
  const checkpointOf = (entries, count, key) =>
    signCheckpoint(headOf(entries, count), key.publicKey, key.sign);

  async function exportOf(entries, key) {
    const writer = new ExportWriter(verifierOf(key));
    const lines = [
      writer.head({
        ...{
          origin: ORIGIN,
          verifier_key: verifierKey(verifierOf(key)),
          size: entries.length,
          first_leaf: 0,
        },
        ...{
          leaves: entries.length,
          from: null,
          to: null,
          exported_at: '2026-03-15T10:30:00.000Z',
          before: [],
        },
      }),
      ...entries.map((each, leaf) => writer.entry(leaf, hashOf(each), each)),
    ];
    const end = { after: [], checkpoint: await checkpointOf(entries, entries.length, key) };
    return lines.join('') + (await writer.end(end, key.sign));
  }

  const [key, otherKey] = [newKey(), newKey()];
  const entries = Array.from({ length: size }, entry);
  const lineOf = (each, leaf) =>
    `${canonicalJson({ entry: each, leaf, leaf_hash: hashOf(each).toString('hex') })}\n`;
  return {
    ...{ entries, entry, exportOf, lineOf, key, otherKey, oldSize },
    text: await exportOf(entries, key),
    old: await checkpointOf(entries, oldSize, key),
    verifierKey: verifierKey(verifierOf(key)),
  };
}
