import { canonicalJson, type JsonValue } from './canonical-json.js';

/** Of this form of entries; a later one would have another number, and old entries keep theirs. */
const FORM = 1;

/** A row of the audit log, as it is hashed: all that is stored in clear, and of what is sealed its digest. */
export interface LogRow {
  readonly id: string;
  readonly number: number;
  readonly organizationId: string;
  readonly projectId: string | null;
  readonly actorType: string;
  readonly actorId: string;
  readonly userId: string | null;
  readonly subjectUserId: string | null;
  readonly action: string;
  readonly targetType: string | null;
  readonly targetId: string | null;
  readonly requestId: string;
  readonly counts: { readonly [name: string]: number };
  readonly createdAt: Date;
  /** SHA-256 of the sealed details, which may be erased later without the log being any the worse. */
  readonly sealedDigest: Uint8Array;
}

/** The entry of a row: an object whose canonical JSON is what its leaf is the hash of. */
export const entryOfRow = (row: LogRow) =>
  ({
    v: FORM,
    id: row.id,
    number: row.number,
    organization_id: row.organizationId,
    project_id: row.projectId,
    actor_type: row.actorType,
    actor_id: row.actorId,
    user_id: row.userId,
    subject_user_id: row.subjectUserId,
    action: row.action,
    target_type: row.targetType,
    target_id: row.targetId,
    request_id: row.requestId,
    counts: row.counts,
    created_at: row.createdAt.toISOString(),
    sealed_sha256: Buffer.from(row.sealedDigest).toString('hex'),
  }) as const satisfies JsonValue;

/** How far an organization's log had come: an entry of the instance's log. */
export interface LogHead {
  readonly organizationId: string;
  readonly size: number;
  readonly root: Uint8Array;
}

export const entryOfHead = ({ organizationId, size, root }: LogHead) =>
  ({
    v: FORM,
    organization_id: organizationId,
    size,
    root: Buffer.from(root).toString('base64'),
  }) as const satisfies JsonValue;

/** The bytes that are hashed, as text. */
export const entryText = (entry: JsonValue): string => canonicalJson(entry);
