import fc from 'fast-check';
import { readCharacterMaps, writeCharacterMaps } from './cmap-table.js';

const glyphs = (most: number) =>
  fc.uniqueArray(fc.tuple(fc.nat({ max: most }), fc.integer({ min: 1, max: 0xffff })), {
    selector: ([code]) => code,
  });

describe('mappings of a font', () => {
  it('read as they were written', () => {
    fc.assert(
      fc.property(glyphs(0xfffe), glyphs(255), (windows, macintosh) => {
        const maps = [
          { platform: 3, encoding: 1, glyphs: new Map(windows) },
          { platform: 1, encoding: 0, glyphs: new Map(macintosh) },
        ];
        expect(readCharacterMaps(writeCharacterMaps(maps))).toEqual(maps);
      }),
    );
  });

  it('are unknown when the table is cut off or of another format', () => {
    const table = writeCharacterMaps([{ platform: 3, encoding: 1, glyphs: new Map([[65, 3]]) }]);
    expect(readCharacterMaps(table.subarray(0, 20))).toBeUndefined();
    const other = Uint8Array.from(table);
    other[13] = 2;
    expect(readCharacterMaps(other)).toBeUndefined();
  });
});
