import { Injectable } from '@nestjs/common';
import type { Tx } from '../platform/database/unit-of-work.js';
import { wholesOnly } from '../platform/fingerprints/fingerprint-set.js';
import { holds, type Principal } from '../platform/http/principal.js';
import type { Requester } from '../platform/http/request-context.js';
import { type GuessEntry, VaultFingerprints, VaultGuesses } from '../secrets/index.js';
import { type KnownSecrets, type VaultMatcher, vaultMatcher } from './vault-matcher.js';

/** What an operation knows of its organization's own values, as they are when it is asked. */
@Injectable()
export class KnownSecretsService {
  constructor(
    private readonly vault: VaultFingerprints,
    private readonly guesses: VaultGuesses,
  ) {}

  /**
   * For documents, whose processes hold no more than it takes to find values: guesses are not noticed there.
   * @throws OpenError when a value cannot be read
   */
  async ofOrganization(organizationId: string): Promise<KnownSecrets | undefined> {
    const snapshot = await this.vault.of(organizationId);
    return snapshot && { fingerprints: wholesOnly(snapshot.fingerprints) };
  }

  /** For work whose answer names no variable. @throws OpenError when a value cannot be read */
  async finderOf(
    organizationId: string,
    options: Pick<KnownSecrets, 'always'> = {},
  ): Promise<VaultMatcher | undefined> {
    const snapshot = await this.vault.of(organizationId);
    return snapshot && vaultMatcher({ fingerprints: snapshot.fingerprints, ...options });
  }

  /** With the variables' names, as far as the caller may read their values. @throws OpenError when a value cannot be read */
  async finderFor(principal: Principal): Promise<VaultMatcher | undefined> {
    const snapshot = await this.vault.of(principal.organizationId);
    if (!snapshot) return undefined;
    const { fingerprints, variables } = snapshot;
    const mayRead = readerOf(principal);
    const referenceOf = (number: number): string | undefined => {
      const variable = variables[number];
      return variable && mayRead(variable.projectId) ? variable.id : undefined;
    };
    return vaultMatcher({ fingerprints, referenceOf });
  }

  /**
   * Notes the near guesses that a request held; before it is answered, and after its own audit row is there.
   * @throws AppError TOO_MANY_GUESSES when the user has made too many within the hour
   */
  async noteGuesses(
    requester: Requester,
    finder: Pick<VaultMatcher, 'nearGuesses'> | undefined,
  ): Promise<void> {
    await this.guesses.note(requester, finder?.nearGuesses ?? 0);
  }

  /** The same for work that goes on whatever was guessed. */
  async countGuesses(entry: GuessEntry, guesses: number, tx: Tx): Promise<void> {
    if (guesses > 0) await this.guesses.count(entry, guesses, tx);
  }
}

/** A role that a share gives holds for one project; only where that is known does it count here. */
function readerOf(principal: Principal): (projectId: string) => boolean {
  const { role, organizationRole = role, onlyProjectId } = principal;
  const isAllowed = holds({ ...principal, role: onlyProjectId ? role : organizationRole }, 'secrets:reveal');
  return (projectId) => isAllowed && (onlyProjectId === undefined || projectId === onlyProjectId);
}
