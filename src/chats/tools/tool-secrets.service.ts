import { Injectable } from '@nestjs/common';
import { MembersService } from '../../organizations/index.js';
import type { Principal } from '../../platform/http/principal.js';
import type { Caller } from '../../platform/http/request-context.js';
import { SecretLinking } from '../../secrets/index.js';
import { referringTexts, type Tool, type ToolContent } from './tool.js';
import { toolError } from './tools.errors.js';

export type ToolSecrets = SecretLinking.LinkedValues;

/** Variables are for headers and queries: longer ones belong into none. */
const MOST_SECRET = 8_000;

/**
 * The variables that tools refer to. They are read with the rights of whoever wrote the tool last, as these are now: the one
 * who uses a tool need not know its secrets, and somebody who may not read them any more has no tool do it either.
 */
@Injectable()
export class ToolSecretsReader {
  constructor(
    private readonly links: SecretLinking.SecretLinks,
    private readonly members: MembersService,
  ) {}

  /** @throws AppError TOOL_SECRET_UNREADABLE for a reference that its writer cannot read, missing or not */
  async assertReadable(writer: Caller, content: ToolContent): Promise<void> {
    const [problem] = await this.links.problemsOf(writer, referringTexts(content));
    if (!problem) return;
    throw toolError('TOOL_SECRET_UNREADABLE', {
      message:
        problem.reason === 'forbidden'
          ? 'A reference leads to a variable whose value you may not read.'
          : `A reference to a variable leads nowhere. Write \${project.environment.KEY}, with names as they are.`,
      details: { field: 'headers', constraint: problem.reason },
    });
  }

  /**
   * Resolved means that it is on record for whom they were read. Empty where a tool refers to none.
   * @returns undefined when one of them cannot be read
   */
  async read(caller: Caller, tool: Tool): Promise<ToolSecrets | undefined> {
    const texts = referringTexts(tool);
    if (texts.length === 0) return new Map();
    const reader = await this.readerOf(caller, tool.authorId);
    if (!reader) return undefined;
    const details = { tool_id: tool.id, rights_of: tool.authorId };
    try {
      const values = await this.links.read({ requester: caller, reader, details }, texts);
      return [...values.values()].every(({ length }) => length <= MOST_SECRET) ? values : undefined;
    } catch (error) {
      if (error instanceof SecretLinking.BrokenLinks) return undefined;
      throw error;
    }
  }

  private async readerOf(caller: Caller, userId: string): Promise<Caller | undefined> {
    const { organizationId, mode, sandboxOf, plan } = caller.principal;
    const standing = await this.members.standingOf(sandboxOf ?? organizationId, userId);
    if (!standing) return undefined;
    const { role, systemRole } = standing;
    const principal: Principal = {
      ...{
        userId,
        organizationId,
        role,
        memberships: [{ organizationId, role }],
        defaultProjectId: undefined,
      },
      ...{ systemRole, mode, scopes: ['*'], plan },
      ...(sandboxOf !== undefined && { sandboxOf }),
      credential: { kind: 'user', id: userId, tokenId: '' },
    };
    return { ...caller, principal };
  }
}
