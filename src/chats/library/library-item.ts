/** Who sees a prompt or an assistant: its owner alone, or every member of the organization. */
export const VISIBILITIES = ['private', 'team'] as const;
export type Visibility = (typeof VISIBILITIES)[number];

/** Longest content of a prompt, and longest instructions of an assistant, in UTF-16 code units. */
export const LONGEST_TEXT = 100_000;

/** What is kept for use in chats, by its table. */
export type LibraryTable = 'prompts' | 'assistants';

/** Where something lies, which its seal is bound to. */
export interface LibraryPlace {
  readonly organizationId: string;
  readonly id: string;
  readonly version: number;
}

/** What prompts and assistants have in common. */
export interface LibraryItem extends LibraryPlace {
  /** Whose it is. */
  readonly userId: string;
  readonly visibility: Visibility;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

/** The same as it lies in the database. */
export interface LibraryRow extends LibraryItem {
  readonly textsSealed: Buffer;
  /** What its command or name is found by. */
  readonly nameLookup: Buffer;
}

/** Which to list; absent fields do not filter. */
export interface LibraryFilter {
  readonly from?: Date | undefined;
  readonly to?: Date | undefined;
  readonly visibility?: Visibility | undefined;
  /** The reader's own alone. */
  readonly isOwn?: boolean | undefined;
  readonly nameLookup?: Buffer | undefined;
}
