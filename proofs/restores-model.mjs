// What an environment ought to be, after each of its changes: kept beside the server, and compared with what it says.

/** What somebody decides of a variable, in an order in which two can be compared as texts. */
const contentOf = ({ key, value, note, tags, rotate }) => JSON.stringify([key, value, note, tags, rotate]);

const drafted = ({ key, decrypted_value, note, tags, rotate_every_days }) => ({
  key,
  value: decrypted_value,
  note,
  tags,
  rotate: rotate_every_days,
});

/** The variables of one environment by id, and what they were at each revision. */
export class Model {
  variables = new Map();
  /** By revision: the variables then, and when it came. */
  past = [{ variables: new Map(), at: undefined }];
  /** `id/version` of those that were destroyed. */
  destroyed = new Set();

  get revision() {
    return this.past.length - 1;
  }

  get keys() {
    return new Set([...this.variables.values()].map(({ key }) => key));
  }

  /** Notes what is now, as the server tells its versions and new ids, after it was compared by content. */
  commit(listed, at) {
    this.variables = new Map(listed.map((one) => [one.id, { ...drafted(one), version: one.version }]));
    this.past.push({ variables: this.variables, at });
  }

  /** Whether what is listed is, by content alone, what is expected. */
  static isAs(listed, expected) {
    const is = listed.map((one) => contentOf(drafted(one))).sort();
    const ought = expected.map(contentOf).sort();
    return JSON.stringify(is) === JSON.stringify(ought);
  }

  /** Whether ids, too, are those of then: who is restored is the same. */
  static isSame(listed, variables) {
    return (
      listed.length === variables.size &&
      listed.every((one) => {
        const ought = variables.get(one.id);
        return ought !== undefined && contentOf(drafted(one)) === contentOf(ought);
      })
    );
  }

  /** Keys that nothing can bring back of a revision. */
  lostAt(revision) {
    return [...this.past[revision].variables]
      .filter(([id, { version }]) => this.destroyed.has(`${id}/${version}`))
      .map(([, { key }]) => key);
  }

  /** What a difference ought to say: keys by id, with the kind of change. */
  differences(from, to) {
    const [was, is] = [this.past[from].variables, this.past[to].variables];
    const found = [];
    for (const id of new Set([...was.keys(), ...is.keys()])) {
      const [before, after] = [was.get(id), is.get(id)];
      if (before && after && before.version === after.version) continue;
      const isLost = [before, after].some((one) => one && this.destroyed.has(`${id}/${one.version}`));
      if (before && after && !isLost && contentOf(before) === contentOf(after)) continue;
      found.push(`${id} ${!before ? 'added' : !after ? 'removed' : 'changed'}`);
    }
    return found.sort();
  }
}
