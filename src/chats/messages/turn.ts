import type { AnswerToKeep, ChatTurn } from '../../completions/index.js';
import type { Tx } from '../../platform/database/unit-of-work.js';
import type { Caller } from '../../platform/http/request-context.js';
import type { ChatRow } from '../chat.js';
import type { DraftPlace, MessageDraft } from './message-drafts.service.js';

/** What a turn begins with. */
export interface TurnOpening {
  readonly caller: Caller;
  readonly place: DraftPlace;
  /** Adds a chat that is not there yet, instead of writing to one that is. */
  readonly fresh: FreshChat | undefined;
  /** What the turn continues. */
  readonly parentId: string | null;
  /** What was asked; undefined where an answer is made anew. */
  readonly asked: MessageDraft | undefined;
  /** To be the chat's title, where it has none. */
  readonly title: string | undefined;
}

/** A chat that begins with a message. */
export interface FreshChat {
  readonly title: string | undefined;
  readonly model: string | null;
  readonly createdAt: Date;
}

/** What a turn became. */
export interface KeptTurn {
  /** The chat as it is with the turn. */
  readonly chat: ChatRow;
  readonly messageIds: readonly string[];
}

/** Whoever writes turns down. */
export interface TurnKeeper {
  prepare(opening: TurnOpening, answer: AnswerToKeep): Promise<(tx: Tx) => Promise<KeptTurn>>;
}

/** One turn of a chat, from its request to the transaction that stores it. */
export class StoredTurn implements ChatTurn {
  readonly projectId: string | undefined;
  readonly conversation: ChatTurn['conversation'];
  /** Set once the turn is stored. */
  kept: KeptTurn | undefined;

  constructor(
    readonly opening: TurnOpening,
    private readonly writer: TurnKeeper,
  ) {
    const { projectId, conversationId, scopeId } = opening.place;
    this.projectId = projectId ?? undefined;
    this.conversation = { id: conversationId, scopeId };
  }

  async keep(answer: AnswerToKeep): Promise<(tx: Tx) => Promise<void>> {
    const store = await this.writer.prepare(this.opening, answer);
    return async (tx) => {
      this.kept = await store(tx);
    };
  }
}
