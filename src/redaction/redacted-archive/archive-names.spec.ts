import fc from 'fast-check';
import { ArchiveNames } from './archive-names.js';

const named = (...names: string[]): string[] => {
  const archive = new ArchiveNames();
  return names.map((name) => archive.next(name));
};

describe('names in an archive', () => {
  it('stay as they are where nothing else has them', () => {
    expect(named('a.pdf', 'b.pdf', 'a.txt', 'a')).toEqual(['a.pdf', 'b.pdf', 'a.txt', 'a']);
  });

  it('are numbered before their extension where something has', () => {
    expect(named('a.pdf', 'a.pdf', 'a.pdf')).toEqual(['a.pdf', 'a (2).pdf', 'a (3).pdf']);
    expect(named('.env', '.env', 'notes', 'notes')).toEqual(['.env', '.env (2)', 'notes', 'notes (2)']);
  });

  it('give way to a file that is called like a numbered one', () => {
    expect(named('a (2).pdf', 'a.pdf', 'a.pdf')).toEqual(['a (2).pdf', 'a.pdf', 'a (3).pdf']);
  });

  it('count as the same whatever their case, and however their marks are written', () => {
    expect(named('Brief.PDF', 'brief.pdf')).toEqual(['Brief.PDF', 'brief (2).pdf']);
    expect(named('M\u00fcller.txt', 'Mu\u0308ller.txt')).toEqual(['M\u00fcller.txt', 'Mu\u0308ller (2).txt']);
  });

  it('are all different, whatever comes', () => {
    const name = fc.stringMatching(/^[aAb]( \([23]\))?(\.[xX])?$/);
    fc.assert(
      fc.property(fc.array(name, { maxLength: 40 }), (names) => {
        const unique = named(...names).map((one) => one.toLowerCase());
        expect(new Set(unique).size).toBe(names.length);
      }),
    );
  });
});
