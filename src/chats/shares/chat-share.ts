/** That somebody may read a chat of another member. */
export interface ChatShare {
  readonly id: string;
  readonly chatId: string;
  readonly userId: string;
  readonly createdBy: string;
  readonly createdAt: Date;
}
