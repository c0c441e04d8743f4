import { type Chunk, type ChunkHit, ChunkIndex } from './chunk-index.js';

/** Numbers that are the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const VOCABULARY = [
  ...'wing flutter shock wave heat transfer boundary layer pressure slip-stream slipstream nonlinear'.split(
    ' ',
  ),
  ...'non-linear the of what is Größe naïve 東京タワー 서울에서 3.5 1,200 engine thrust nozzle cone'.split(
    ' ',
  ),
  ...Array.from({ length: 60 }, (_, index) => `word${index}`),
];

function textOf(next: (below: number) => number, length: number): string {
  const word = () => VOCABULARY[Math.min(next(VOCABULARY.length), next(VOCABULARY.length))] ?? '';
  return Array.from({ length }, word).join(' ');
}

function chunkOf(next: (below: number) => number, id: number): Chunk {
  const [title, text] = [textOf(next, next(4)), textOf(next, next(40))];
  return { id: next(4) === 0 ? `c${id}` : id, text, title, group: `document ${next(7)}` };
}

const built = (chunks: Iterable<Chunk>): ChunkIndex => {
  const index = new ChunkIndex();
  for (const chunk of chunks) index.add(chunk);
  return index;
};

const ids = (hits: readonly ChunkHit[]) => hits.map(({ id }) => id);

describe('an index of chunks', () => {
  it('whatever was added, replaced and removed, finds the same with the same scores as one built afresh', () => {
    const next = numbers(11);
    const index = new ChunkIndex();
    const present = new Map<Chunk['id'], Chunk>();
    const change = (): void => {
      const kind = next(20);
      if (kind < 12) {
        const chunk = chunkOf(next, next(150));
        index.add(chunk);
        present.set(chunk.id, chunk);
      } else if (kind < 19) {
        const id = [...present.keys()][next(present.size)] ?? 'none';
        expect(index.remove(id)).toBe(present.delete(id));
      } else {
        const group = `document ${next(7)}`;
        while (index.removeGroup(group, 3) > 0);
        for (const [id, chunk] of present) if (chunk.group === group) present.delete(id);
      }
    };
    let found = 0;
    for (let round = 0; round < 40; round++) {
      for (let step = 0; step < 40; step++) change();
      const fresh = built([...present.values()].reverse());
      expect(index.size).toBe(fresh.size);
      for (const query of [textOf(next, 3), textOf(next, 12), 'what is the', '']) {
        const hits = index.search(query, { limit: 20 });
        expect(hits).toEqual(fresh.search(query, { limit: 20 }));
        found += hits.length;
      }
    }
    expect(found).toBeGreaterThan(1_000);
  });

  it('takes no more memory however long chunks come and go', () => {
    const next = numbers(3);
    const index = new ChunkIndex();
    const round = (number: number): void => {
      for (let id = 0; id < 400; id++)
        index.add({ id, text: `${textOf(next, 60)} only${number}x${id} once${number}y${id}` });
    };
    for (let number = 0; number < 10; number++) round(number);
    const before = index.estimatedBytes;
    for (let number = 10; number < 30; number++) round(number);
    expect(index.estimatedBytes).toBeLessThan(before * 1.2);
    expect(index.search('only29x7', { limit: 2 })).toMatchObject([{ id: 7 }]);
    expect(index.search('only28x7')).toEqual([]);
  });

  it('ranks best first, those alike by id, and no more than were asked for', () => {
    const alike = ['b', 10, 'a', 9].map((id) => ({ id, text: 'heat transfer' }));
    const index = built([...alike, { id: 0, text: 'heat transfer and heat' }, { id: 1, text: 'mass' }]);
    expect(ids(index.search('heat transfer'))).toEqual([0, 9, 10, 'a', 'b']);
    expect(ids(index.search('heat transfer', { limit: 3 }))).toEqual([0, 9, 10]);
    const scores = index.search('mass heat').map(({ score }) => score);
    expect(scores).toEqual([...scores].sort((one, other) => other - one));
    expect(Math.min(...scores)).toBeGreaterThan(0);
    expect(index.search('heat', { limit: 0 })).toEqual([]);
  });

  it('finds what has any word of a question, also where the question has nothing but stop words', () => {
    const index = built([
      { id: 'hamlet', text: 'To be, or not to be, that is the question' },
      { id: 'wing', text: 'The flutter of wings' },
    ]);
    expect(ids(index.search('Who has ever investigated the flutter of tails?'))).toEqual(['wing']);
    expect(ids(index.search('to be or not to be'))[0]).toBe('hamlet');
    expect(index.search('zeppelin')).toEqual([]);
    expect(new ChunkIndex().search('flutter')).toEqual([]);
  });

  it('weighs titles more, and words that stand together', () => {
    const index = built([
      { id: 'text', text: 'about nozzles and other things' },
      { id: 'title', title: 'Nozzles', text: 'about some other things' },
      { id: 'apart', text: 'layer upon one two three four five six seven eight nine ten boundary' },
      { id: 'together', text: 'boundary layer one two three four five six seven eight nine ten upon' },
    ]);
    expect(ids(index.search('nozzle'))).toEqual(['title', 'text']);
    expect(ids(index.search('boundary layer'))).toEqual(['together', 'apart']);
  });

  it.each([
    ['slipstream', 'propeller slip-stream'],
    ['slip-stream', 'propeller slipstreams'],
    ['nonlinear', 'non-linear equations'],
    ['grosse', 'die Größe der Wohnung'],
    ['résumé', 'resume'],
    ['東京タワー', '昨日は東京タワーに行きました'],
    ['北京大学', '我在北京大学学习'],
    ['서울', '나는 서울에서 살아요'],
    ['ภาษาไทย', 'ฉันพูดภาษาไทยได้'],
    ['Ελλάδα', 'η ΕΛΛΆΔΑ είναι'],
    ['договора', 'расторжение договора'],
  ])('asked for %s finds "%s"', (query, text) => {
    const index = built([
      { id: 1, text },
      { id: 2, text: 'something else altogether' },
    ]);
    expect(ids(index.search(query))).toEqual([1]);
  });

  it('neither finds what the filter forbids nor learns from it', () => {
    const next = numbers(5);
    const open = Array.from({ length: 60 }, (_, id) => ({ id, text: textOf(next, 30), group: 'open' }));
    const secrets = (extra: string) =>
      open.map(({ text }, id) => ({ id: `s${id}`, text: `${extra} ${text}`, group: 'secret' }));
    const filter = (group: string | undefined) => group === 'open';
    const query = 'wing flutter heat';
    const [one, other] = ['wing flutter word7 word7', 'wing flutter word8 word8'].map((extra) =>
      built([...open, ...secrets(extra)]).search(query, { filter, limit: 100 }),
    );
    expect(one?.length).toBeGreaterThan(20);
    expect(one?.every(({ id }) => typeof id === 'number')).toBe(true);
    expect(ids(one ?? []).slice(0, 5)).toEqual(ids(other ?? []).slice(0, 5));
  });
});
