import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import type { Tx } from '../../platform/database/unit-of-work.js';
import { platformError } from '../../platform/errors/app-error.js';
import { isId } from '../../platform/http/ids.js';
import type { Caller } from '../../platform/http/request-context.js';
import { ProjectsRepository, projectArchived } from '../../projects/index.js';
import type { ChatHead, ChatRow } from '../chat.js';
import { ChatOverseers } from '../oversight/chat-overseers.service.js';
import { type DraftPlace, MessageDrafts } from './message-drafts.service.js';
import { TurnWriter } from './turn-writer.service.js';
import { Turns } from './turns.service.js';

/** Where chats begin: in a project, or in none, and before anything is said in them. */
@Injectable()
export class ChatBeginnings {
  constructor(
    private readonly turns: Turns,
    private readonly drafts: MessageDrafts,
    private readonly writer: TurnWriter,
    private readonly projects: ProjectsRepository,
    private readonly overseers: ChatOverseers,
    private readonly dataSource: DataSource,
  ) {}

  /**
   * A place for a new chat: in the project given, else in the one that the caller is there for, else in the key's default project,
   * else in none.
   * @throws AppError NOT_FOUND, PROJECT_ARCHIVED; PERMISSION_DENIED for who is there to read alone
   */
  async place(caller: Caller, given: string | undefined): Promise<DraftPlace> {
    const { onlyProjectId, defaultProjectId } = caller.principal;
    await this.assertPlace(caller, given);
    return this.turns.newPlace(caller, given ?? onlyProjectId ?? defaultProjectId);
  }

  /** @throws AppError as {@link place} would */
  async assertPlace(caller: Caller, given: string | undefined): Promise<void> {
    const { principal } = caller;
    const projectId = given ?? principal.onlyProjectId ?? null;
    if (principal.isGuest && (await this.overseers.over(principal, { projectId })))
      throw platformError('PERMISSION_DENIED', {
        message: 'A break-glass lets you read chats, and no more.',
      });
    if (given !== undefined) await this.assertOpen(caller, given);
  }

  /** Does what is slow about a chat without messages, and returns what stores it. */
  async prepare(
    caller: Caller,
    place: DraftPlace,
    { title, model }: { readonly title: string | undefined; readonly model: ChatHead['model'] },
  ): Promise<(tx: Tx) => Promise<ChatRow>> {
    const sealed = await this.drafts.prepare(caller, place, { title, messages: [] });
    return async (tx) => {
      await sealed.storeTokens(tx);
      const fresh = { title: sealed.title, model, createdAt: new Date() };
      return this.writer.insert({ caller, place }, fresh, tx);
    };
  }

  private async assertOpen({ principal }: Caller, projectId: string): Promise<void> {
    const { organizationId, onlyProjectId } = principal;
    const { manager } = this.dataSource;
    const isVisible = isId('proj', projectId) && (onlyProjectId === undefined || onlyProjectId === projectId);
    if (!isVisible || !(await this.projects.exists(organizationId, projectId, manager)))
      throw platformError('NOT_FOUND', { details: { field: 'project_id', constraint: 'exists' } });
    if (!(await this.projects.isActive(organizationId, projectId, manager))) throw projectArchived();
  }
}
