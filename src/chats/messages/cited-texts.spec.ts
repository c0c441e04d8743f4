import fc from 'fast-check';
import { asSearched, withSearched } from './cited-texts.js';

const citation = fc.record(
  {
    document_id: fc.string(),
    filename: fc.string(),
    page: fc.option(fc.nat()),
    start: fc.nat(),
    text: fc.string(),
  },
  { requiredKeys: ['document_id'] },
);

describe('the texts of citations', () => {
  it('are searched, all of them and nothing else, and come back to their places', () => {
    fc.assert(
      fc.property(fc.array(citation), (citations) => {
        const searched = asSearched(citations);
        const said = citations.flatMap(({ text, filename }) =>
          [text, filename].filter((each) => each !== undefined),
        );
        const parts = (searched?.content ?? []) as { text: string }[];
        expect(parts.map(({ text }) => text)).toEqual(said);
        const changed = searched && {
          ...searched,
          content: parts.map((part) => ({ ...part, text: `<${part.text}>` })),
        };
        expect(withSearched(citations, changed)).toEqual(
          citations.map(({ text, filename, ...rest }) => ({
            ...rest,
            ...(filename !== undefined && { filename: `<${filename}>` }),
            ...(text !== undefined && { text: `<${text}>` }),
          })),
        );
      }),
    );
  });

  it('are missed when they are gone', () => {
    expect(() => withSearched([{ text: 'x' }], undefined)).toThrow('gone');
  });
});
