import { Rank, type Rule } from '../../rule.js';
import { IDENTIFIERS } from './catalogue.js';
import type { Form, IdentifierType } from './identifier-type.js';
import { LONGEST_RUN, type NextRun, readTemplate, shapeKey, type Template } from './template.js';

const SURE = 0.4;
const CONTEXT_BOOST = 0.35;
const CHECKED_WITH_CONTEXT = 0.6;

/** A form made ready: what it reports as, and from which scores on. */
export interface Entry {
  readonly form: Form;
  readonly template: Template;
  readonly rule: Rule;
  /** The same rule for scores below the usual threshold: gives way to everything. */
  readonly weakRule: Rule;
  readonly withContext: number;
}

/** An entry as it may begin: what follows the run, where anything must. */
export interface Beginning {
  readonly entry: Entry;
  readonly next?: NextRun;
}

type Table = readonly (readonly Beginning[] | undefined)[];

/** Entries by the shape of the first run that holds a digit. */
export interface Dispatch {
  /** Nothing follows the run. */
  readonly whole: Table;
  /** More runs follow. */
  readonly grouped: Table;
  /** One or two runs of letters stand before; the first index is their number. */
  readonly led: readonly [Table, Table, Table];
}

function entryOf(type: IdentifierType, form: Form): Entry {
  const rule: Rule = {
    type: type.name,
    recognizer: 'identifier',
    rule: form.template,
    score: form.score,
    rank: form.certain === true ? Rank.Checksum : Rank.Pattern,
    context: type.context,
    ...(form.checksum !== undefined && { validation: 'passed' }),
    ...(form.onlyWithContext === true && { onlyWithContext: true }),
  };
  const least = form.checksum === undefined ? SURE : CHECKED_WITH_CONTEXT;
  const raised = Math.round((form.score + CONTEXT_BOOST) * 100) / 100;
  const withContext = form.withContext ?? Math.min(1, Math.max(least, raised));
  return {
    form,
    template: readTemplate(form.template),
    rule,
    weakRule: { ...rule, rank: Rank.Weak },
    withContext,
  };
}

function buildDispatch(types: readonly IdentifierType[]): Dispatch {
  const table = (): Beginning[][] => new Array(shapeKey(LONGEST_RUN + 1, false, 0)).fill(undefined);
  const [whole, grouped, ...led] = [table(), table(), table(), table(), table()];
  for (const entry of types.flatMap((type) => type.forms.map((form) => entryOf(type, form)))) {
    for (const { lead, shape, next } of entry.template.openings) {
      const target = lead > 0 ? led[lead] : next === undefined ? whole : grouped;
      if (target === undefined) continue;
      const beginning = { entry, ...(next !== undefined && { next }) };
      target[shape] = [...(target[shape] ?? []), beginning];
    }
  }
  const [none = [], one = [], two = []] = led;
  return { whole, grouped, led: [none, one, two] };
}

export const DISPATCH = buildDispatch(IDENTIFIERS);
