import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { OwnKeys } from '../../crypto/index.js';
import { Sealer } from '../../platform/audit/audit.writer.js';
import { type Tx, UnitOfWork } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { newId } from '../../platform/http/ids.js';
import type { TokenScope } from './project-tokens.js';
import { TokenScopesRepository } from './token-scopes.repository.js';

/** Most scopes that a process remembers; then it begins anew. */
const MOST_REMEMBERED = 10_000;

const placeOf = ({ organizationId, scopeId }: TokenScope) => ({
  organizationId,
  table: 'token_scopes',
  id: scopeId,
  version: 1,
});

@Injectable()
export class TokenScopes {
  private readonly known = new Map<string, TokenScope>();
  private readonly keys = new Map<string, Buffer>();

  constructor(
    private readonly repository: TokenScopesRepository,
    private readonly sealer: Sealer,
    private readonly unitOfWork: UnitOfWork,
    private readonly dataSource: DataSource,
  ) {}

  /** The scope of a project, undefined as long as nothing was tokenized in it. */
  async find(organizationId: string, projectId: string): Promise<TokenScope | undefined> {
    const slot = `${organizationId}/${projectId}`;
    const known = this.known.get(slot);
    if (known) return known;
    const { manager } = this.dataSource;
    const scopeId = await this.repository.findOfProject(organizationId, projectId, manager);
    if (scopeId === undefined) return undefined;
    return remember(this.known, slot, { organizationId, scopeId });
  }

  /** The scope of a project, made now if it has none. The project must be one of the organization's. */
  async open(organizationId: string, projectId: string): Promise<TokenScope> {
    const known = await this.find(organizationId, projectId);
    if (known) return known;
    const id = newId('scope');
    await this.unitOfWork.run(async (tx) => {
      const keySealed = await this.sealer.seal(
        placeOf({ organizationId, scopeId: id }),
        OwnKeys.newKey(),
        tx,
      );
      await this.repository.insert({ id, organizationId, projectId, keySealed }, tx);
    });
    const made = await this.find(organizationId, projectId);
    if (!made) throw platformError('NOT_FOUND');
    return made;
  }

  /** Makes a scope that belongs to no project: whoever asks keeps it and deletes it again. */
  async create(organizationId: string, tx: Tx): Promise<TokenScope> {
    const scope = { organizationId, scopeId: newId('scope') };
    const key = OwnKeys.newKey();
    const keySealed = await this.sealer.seal(placeOf(scope), key, tx);
    await this.repository.insert({ id: scope.scopeId, organizationId, projectId: null, keySealed }, tx);
    return scope;
  }

  /** Deletes scopes that belong to no project, with all their tokens. */
  delete(organizationId: string, scopeIds: readonly string[], tx: Tx): Promise<void> {
    return this.repository.delete(organizationId, scopeIds, tx);
  }

  /** Keeps a scope from changing until the transaction ends, see {@link TokenScopesRepository.lock}. */
  lock(scope: TokenScope, strength: 'KEY SHARE' | 'UPDATE', tx: Tx): Promise<void> {
    return this.repository.lock(scope.organizationId, scope.scopeId, strength, tx);
  }

  /** The key that tokens of a scope are made with. @throws AppError NOT_FOUND */
  async keyOf(scope: TokenScope, db: Tx): Promise<Buffer> {
    const slot = `${scope.organizationId}/${scope.scopeId}`;
    const known = this.keys.get(slot);
    if (known) return known;
    const sealed = await this.repository.findKey(scope.organizationId, scope.scopeId, db);
    if (!sealed) throw platformError('NOT_FOUND');
    return remember(this.keys, slot, await this.sealer.open(placeOf(scope), sealed, db));
  }
}

function remember<T>(map: Map<string, T>, slot: string, value: T): T {
  if (map.size >= MOST_REMEMBERED) map.clear();
  map.set(slot, value);
  return value;
}
