import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { InstanceSigner } from '../../crypto/index.js';
import { LedgerStore } from '../../platform/storage/ledger-store.js';
import { canonicalJson } from '../log/canonical-json.js';
import type { Erasure, ErasureSubject } from './erasure.js';

const FOLDER = 'erasures';
const nameOf = (id: string): string => `${FOLDER}/${id}`;

/** Documents that erasures deleted, each by the erasure's id and its own. */
const DOCUMENTS = 'erased_documents';
const documentName = ({ id, documentId }: Pick<LedgerDocument, 'id' | 'documentId'>): string =>
  `${DOCUMENTS}/${id}_${documentId}`;

/** What the ledger knows of an erasure: enough to do it again. */
export type LedgerSubject = ErasureSubject | { readonly isOrganization: true };

/** An erasure, or the end of an organization, whose id is then its own. */
export interface LedgerEntry {
  readonly id: string;
  readonly organizationId: string;
  readonly subject: LedgerSubject;
  readonly createdAt: Date;
}

/** A document that an erasure deletes. */
export interface LedgerDocument {
  /** Of the erasure. */
  readonly id: string;
  readonly organizationId: string;
  readonly documentId: string;
}

/** An entry as it lies there: what is signed, by whom, and the signature, in base64. */
interface StoredEntry {
  readonly entry: string;
  readonly public_key: string;
  readonly signature: string;
}

/** An entry that is this installation's and does not bear its signature. */
export class ForgedEntry extends Error {
  constructor() {
    super('an entry of the ledger of erasures was changed');
    this.name = new.target.name;
  }
}

/**
 * What was erased, outside of the database, so that a restored older copy of it is told. An entry destroys something: so each is
 * signed, and none is believed that this installation has not signed.
 */
@Injectable()
export class ErasureLedger {
  constructor(
    private readonly store: LedgerStore,
    private readonly signer: InstanceSigner,
    private readonly dataSource: DataSource,
  ) {}

  /** Durable when it answers; the same again is no other. */
  async enter({ id, organizationId, subject, createdAt }: LedgerEntry | Erasure): Promise<void> {
    const entry = canonicalJson({
      created_at: createdAt.toISOString(),
      id,
      organization_id: organizationId,
      subject: storedSubject(subject),
      version: 1,
    });
    await this.put(nameOf(id), entry);
  }

  /** The same for a document that is about to be deleted. */
  async enterDocument(document: LedgerDocument): Promise<void> {
    const { id, organizationId, documentId } = document;
    const entry = { document_id: documentId, erasure_id: id, organization_id: organizationId, version: 1 };
    await this.put(documentName(document), canonicalJson(entry));
  }

  /** The documents that an erasure deleted, or was about to. @throws ForgedEntry */
  async documentsOf({ id, organizationId }: Omit<LedgerDocument, 'documentId'>): Promise<string[]> {
    const begin = documentName({ id, documentId: '' });
    const documents: string[] = [];
    for (const name of await this.store.list(DOCUMENTS)) {
      if (!name.startsWith(begin)) continue;
      const entry = await this.signed(name);
      if (!entry) continue;
      const documentId = name.slice(begin.length);
      const isItsOwn = entry.erasure_id === id && entry.document_id === documentId;
      if (!isItsOwn || entry.organization_id !== organizationId) throw new ForgedEntry();
      documents.push(documentId);
    }
    return documents;
  }

  /** Ids of all entries, the oldest first. */
  async ids(): Promise<string[]> {
    return (await this.store.list(FOLDER)).map((name) => name.slice(FOLDER.length + 1));
  }

  /** Undefined for one of another installation. @throws ForgedEntry */
  async read(id: string): Promise<LedgerEntry | undefined> {
    const entry = await this.signed(nameOf(id));
    if (!entry) return undefined;
    if (entry.id !== id) throw new ForgedEntry();
    return {
      id,
      organizationId: entry.organization_id,
      subject: readSubject(entry.subject),
      createdAt: new Date(entry.created_at),
    };
  }

  private async put(name: string, entry: string): Promise<void> {
    const db = this.dataSource.manager;
    const stored: StoredEntry = {
      entry,
      public_key: (await this.signer.publicKey(db)).toString('base64'),
      signature: (await this.signer.sign(Buffer.from(entry), db)).toString('base64'),
    };
    await this.store.put(name, Buffer.from(JSON.stringify(stored)));
  }

  /** Undefined where there is none, or one of another installation. @throws ForgedEntry */
  private async signed(name: string): Promise<ReturnType<typeof JSON.parse> | undefined> {
    const bytes = await this.store.get(name);
    if (!bytes) return undefined;
    const stored = storedEntryOf(bytes);
    const db = this.dataSource.manager;
    if (stored.public_key !== (await this.signer.publicKey(db)).toString('base64')) return undefined;
    const signature = Buffer.from(stored.signature, 'base64');
    if (!(await this.signer.verify(Buffer.from(stored.entry), signature, db))) throw new ForgedEntry();
    return JSON.parse(stored.entry);
  }
}

function storedSubject(subject: LedgerSubject) {
  if ('isOrganization' in subject) return { organization: true };
  if ('userId' in subject) return { account: subject.withAccount, user_id: subject.userId };
  if ('projectId' in subject) return { project_id: subject.projectId };
  if ('environmentId' in subject) return { environment_id: subject.environmentId };
  if ('variableId' in subject)
    return {
      destroyed_by: subject.destroyedBy,
      variable_id: subject.variableId,
      version: subject.version,
    };
  const { words, first, whole, compact } = subject.print;
  return {
    type: subject.type,
    print: { words, first, whole, compact: compact && { ...compact } },
    ...(subject.documents === 'delete' && { documents: 'delete' }),
  };
}

/** @param stored as {@link storedSubject} made it: the signature was verified */
function readSubject(stored: ReturnType<typeof JSON.parse>): LedgerSubject {
  if (stored.organization) return { isOrganization: true };
  if (stored.user_id) return { userId: stored.user_id, withAccount: stored.account };
  if (stored.project_id) return { projectId: stored.project_id };
  if (stored.environment_id) return { environmentId: stored.environment_id };
  if (stored.variable_id)
    return {
      destroyedBy: stored.destroyed_by,
      variableId: stored.variable_id,
      version: stored.version,
    };
  return { type: stored.type, print: stored.print, documents: stored.documents ?? 'keep' };
}

/** @throws ForgedEntry */
function storedEntryOf(bytes: Buffer): StoredEntry {
  try {
    const { entry, public_key, signature } = JSON.parse(bytes.toString('utf8'));
    if ([entry, public_key, signature].every((part) => typeof part === 'string'))
      return { entry, public_key, signature };
  } catch {
    // Neither is what is not JSON.
  }
  throw new ForgedEntry();
}
