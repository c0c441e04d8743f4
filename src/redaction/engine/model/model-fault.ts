/**
 * A model that cannot be used as it lies there. The message is for whoever put it there: it names the file, says what is wrong
 * and what is allowed, and quotes nothing but names of settings.
 */
export class ModelFault extends Error {
  override readonly name = 'ModelFault';
}
