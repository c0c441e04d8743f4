/** Most messages of one chat, alternatives included. */
export const MOST_MESSAGES = 20_000;
/** Longest title, in UTF-16 code units. */
export const LONGEST_TITLE = 200;
/** Shown until a chat has a message to be called after. */
export const UNTITLED = 'New chat';
/** Answers where neither the request nor its chat names a model: a model of this server, so nothing leaves the house. */
export const DEFAULT_MODEL = 'local-extractive';

/** What of a chat lies sealed together. */
export interface ChatHead {
  readonly title: string;
  readonly model: string | null;
}

/** A chat as it lies in the database. */
export interface ChatRow {
  readonly id: string;
  readonly organizationId: string;
  readonly projectId: string | null;
  /** Whose it is. */
  readonly userId: string;
  readonly conversationId: string;
  /** Whose tokens stand in its texts. */
  readonly scopeId: string;
  readonly headSealed: Buffer;
  readonly headVersion: number;
  /** Whether its title was given, or made of its first message. */
  readonly titled: boolean;
  readonly messageCount: number;
  readonly shareCount: number;
  /** The last message of the branch that is shown. */
  readonly currentMessageId: string | null;
  /** From 1, one more with every change, messages included. */
  readonly version: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly archivedAt: Date | null;
}

/** A chat as those may see it who may read it. */
export type Chat = Omit<ChatRow, 'headSealed' | 'headVersion'> &
  ChatHead & {
    /** Title and model were changed or moved in the database and do not open; they are empty then. */
    readonly isUnreadable?: true;
  };

/** A chat to be added. */
export type NewChat = Omit<ChatRow, 'messageCount' | 'shareCount' | 'version' | 'headVersion'>;

/** Which chats to list; absent fields do not filter. */
export interface ChatFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly archived?: boolean | undefined;
  readonly projectId?: string | undefined;
  /** Those of others that are shared with the reader, in place of the reader's own. */
  readonly isOfOthers?: boolean | undefined;
  /** Those of everybody in some projects, or with null in all of the organization, in place of the reader's own. */
  readonly overseen?: { readonly projectIds: readonly string[] | null } | undefined;
}
