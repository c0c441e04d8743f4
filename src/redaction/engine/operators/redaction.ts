import type { Entity } from '../analysis.js';
import { comparable } from '../comparable.js';
import { publicName } from '../type-names.js';
import type { Operator, Replacement } from './operator.js';
import { fillTemplate, numbered } from './placeholder.js';

export interface RedactionOptions {
  /**
   * Template of the placeholder: `{type}` becomes the public type name, `{number}` the number of the distinct value
   * within its type (or within the document, without `{type}`). Default `[{type}]`, and `[SSN_REDACTED]` for SSN.
   */
  readonly placeholder?: string;
  /** Numbers placeholders per distinct value, so that one can see what belongs together: `[PERSON_NAME_1]`. */
  readonly preserveContext?: boolean;
}

const DEFAULT_TEMPLATE = '[{type}]';

/** Puts a placeholder in place of each entity. */
export class Redaction implements Operator {
  readonly #template: string;
  readonly #sampleForm: boolean;
  readonly #numbers: ValueNumbers | undefined;

  constructor({ placeholder, preserveContext = false }: RedactionOptions = {}) {
    const template = placeholder ?? DEFAULT_TEMPLATE;
    this.#template = preserveContext ? numbered(template) : template;
    this.#sampleForm = placeholder === undefined && !preserveContext;
    this.#numbers = this.#template.includes('{number}') ? new ValueNumbers() : undefined;
  }

  replace(entity: Entity): Replacement {
    return { text: this.#placeholder(entity), method: 'redaction' };
  }

  #placeholder({ type, text }: Entity): string {
    const name = publicName(type);
    if (this.#sampleForm && name === 'SSN') return '[SSN_REDACTED]';
    return fillTemplate(this.#template, name, this.#numberOf(name, text));
  }

  #numberOf(name: string, text: string): number | undefined {
    const ownGroup = this.#template.includes('{type}');
    return ownGroup ? this.#numbers?.of(name, text) : this.#numbers?.of('', `${name} ${text}`);
  }
}

/** Numbers from 1 for the distinct values of each group, in the order they are met. */
class ValueNumbers {
  readonly #groups = new Map<string, Map<string, number>>();

  of(group: string, value: string): number {
    let numbers = this.#groups.get(group);
    if (numbers === undefined) {
      numbers = new Map();
      this.#groups.set(group, numbers);
    }
    const same = comparable(value);
    const number = numbers.get(same) ?? numbers.size + 1;
    numbers.set(same, number);
    return number;
  }
}
