const comparable = (name: string): string => name.normalize('NFC').toLowerCase();

/** A name's part before its last dot, and the rest; a name that only begins with a dot has no extension. */
function split(name: string): [string, string] {
  const dot = name.lastIndexOf('.');
  return dot > 0 ? [name.slice(0, dot), name.slice(dot)] : [name, ''];
}

/**
 * Gives every file of an archive a name of its own: the second `a.pdf` becomes `a (2).pdf`. Names that differ in case
 * alone count as the same, since many systems unpack them into one file.
 */
export class ArchiveNames {
  private readonly taken = new Set<string>();
  private readonly last = new Map<string, number>();

  next(name: string): string {
    const [stem, extension] = split(name);
    const key = comparable(name);
    let unique = name;
    let number = this.last.get(key) ?? 1;
    while (this.taken.has(comparable(unique))) unique = `${stem} (${++number})${extension}`;
    this.last.set(key, number);
    this.taken.add(comparable(unique));
    return unique;
  }
}
