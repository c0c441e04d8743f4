/** A start that cannot go on, with a message for the person at the terminal: what happened and what to do next. */
export class StartError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = 'StartError';
  }
}
