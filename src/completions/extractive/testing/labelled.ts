/** A text and questions about it, each with how the sentence begins that answers it; null where none does. */
export interface Labelled {
  readonly text: string;
  readonly questions: readonly (readonly [question: string, answer: string | null])[];
}
