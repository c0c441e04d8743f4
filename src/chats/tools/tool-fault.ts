/** What is wrong with a tool's definition: a constraint, and what there is, in words that quote nothing. */
export class ToolFault extends Error {
  override readonly name = 'ToolFault';

  /** @param found begins in lower case: "a $ref that leads nowhere" */
  constructor(
    readonly constraint: string,
    readonly found: string,
  ) {
    super(found);
  }
}
