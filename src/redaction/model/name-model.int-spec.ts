import { rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWithOnnx } from '../../../test/support/onnx-runtime.js';
import { filesOf, folderWith, type TinyModel } from '../../../test/support/tiny-model.js';
import { NameModel } from './name-model.service.js';

const never = { signal: () => new AbortController().signal };

const TINY: TinyModel = {
  words: {
    zebulon: 'B-PER',
    quack: 'I-PER',
    '##en': 'I-PER',
    '##bush': 'I-PER',
    oldport: 'B-LOC',
    acme: 'B-ORG',
    went: 'O',
    to: 'O',
  },
  labels: ['O', 'B-PER', 'I-PER', 'B-LOC', 'I-LOC', 'B-ORG', 'I-ORG', 'B-MISC'],
};

describe('a model of accurate mode', () => {
  const made: NameModel[] = [];
  const folders: string[] = [];
  const logged: unknown[] = [];

  const modelOf = (folder: string | undefined, program = 'child.cjs', seconds = 20): NameModel => {
    const log = (entry: unknown): number => logged.push(entry);
    const model = new NameModel(
      { REDOUBT_NER_MODEL: folder, REDOUBT_NER_SECONDS: seconds } as ConstructorParameters<
        typeof NameModel
      >[0],
      join(__dirname, 'testing', program),
      { info: () => {}, error: log } as unknown as ConstructorParameters<typeof NameModel>[2],
    );
    made.push(model);
    return model;
  };
  const lay = (files: Readonly<Record<string, string | Buffer>>): string => {
    const folder = folderWith(files);
    folders.push(dirname(folder));
    return folder;
  };

  afterEach(() => {
    for (const model of made.splice(0)) model.onApplicationShutdown();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
    logged.splice(0);
  });

  it('that is not set is said to be absent, with the setting that names one', async () => {
    await expect(modelOf(undefined).check()).rejects.toMatchObject({
      code: 'MODEL_UNAVAILABLE',
      message: expect.stringContaining('REDOUBT_NER_MODEL'),
    });
  });

  it('that does not answer in time fails that request alone', async () => {
    const model = modelOf('anywhere', 'silent.cjs', 1);
    await model.check();
    await expect(model.spansOf(['One.'], never)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
    await model.check();
  });

  it('is not waited for by who has gone', async () => {
    const model = modelOf('anywhere', 'silent.cjs', 60);
    const gone = new AbortController();
    const asked = model.spansOf(['One.'], { signal: () => gone.signal });
    await sleep(200);
    gone.abort(new Error('gone'));
    await expect(asked).rejects.toThrow('gone');
  });

  it('whose process dies is begun again for the next', async () => {
    const model = modelOf('anywhere', 'dying.cjs');
    for (let time = 0; time < 2; time++) {
      await expect(model.spansOf(['One.'], never)).rejects.toMatchObject({ code: 'MODEL_FAILED' });
    }
  });

  describeWithOnnx('that is there', () => {
    it('finds names with exact offsets, in words that it knows in part', async () => {
      const model = modelOf(lay(filesOf(TINY)));
      const sentence = '“Zébulon Quackenbush” went to OLDPORT 👍 , to Acme.';
      const [spans = []] = await model.spansOf([sentence], never);
      expect(spans.map(({ type, start, end }) => [type, sentence.slice(start, end)])).toEqual([
        ['PERSON', 'Zébulon Quackenbush'],
        ['LOCATION', 'OLDPORT'],
        ['ORGANIZATION', 'Acme'],
      ]);
      for (const { score } of spans) expect(score).toBeGreaterThan(0.9);
    });

    it('reads sentences that are longer than it can read at once, and many at a time', async () => {
      const model = modelOf(lay(filesOf({ ...TINY, config: { max_position_embeddings: 20 } })));
      const filler = 'went to '.repeat(150);
      const long = `${filler}Zebulon Quackenbush ${filler}Oldport`;
      const sentences = [long, '', '…', ...Array.from({ length: 40 }, (_, at) => `${'to '.repeat(at)}Acme.`)];
      const spans = await model.spansOf(sentences, never);
      expect(spans).toHaveLength(sentences.length);
      const texts = spans.map((list, at) => list.map(({ start, end }) => sentences[at]?.slice(start, end)));
      expect(texts.slice(0, 3)).toEqual([['Zebulon Quackenbush', 'Oldport'], [], []]);
      for (const found of texts.slice(3)) expect(found).toEqual(['Acme']);
    });

    const files = filesOf(TINY);
    const config = (change: object): string =>
      JSON.stringify({ ...JSON.parse(String(files['config.json'])), ...change });
    const tokenizer = (change: object): string =>
      JSON.stringify({ ...JSON.parse(String(files['tokenizer.json'])), ...change });
    it.each<[string, Readonly<Record<string, string | Buffer>>, string]>([
      ['a damaged model', { 'model.onnx': Buffer.from('no protobuf') }, 'model.onnx cannot be read'],
      [
        'half a model',
        { 'model.onnx': Buffer.from(files['model.onnx'] ?? '').subarray(0, 300) },
        'model.onnx',
      ],
      [
        'other labels than the model has',
        { 'config.json': config({ id2label: { 0: 'O', 1: 'B-PER' } }) },
        'shape',
      ],
      ['labels nobody knows', { 'config.json': config({ id2label: { 0: 'A', 1: 'B' } }) }, 'no label'],
      ['labels with a gap', { 'config.json': config({ id2label: { 0: 'O', 2: 'B-PER' } }) }, 'without a gap'],
      ['no JSON', { 'config.json': '{' }, 'config.json is no valid JSON'],
      [
        'a tokenizer of another kind',
        { 'tokenizer.json': tokenizer({ model: { type: 'WordLevel' } }) },
        'WordLevel',
      ],
      [
        'another normalizer',
        { 'tokenizer.json': tokenizer({ normalizer: { type: 'Magic' } }) },
        'normalizer.type',
      ],
      [
        'words the model does not have',
        { 'tokenizer.json': tokenizer({ model: { type: 'WordPiece', unk_token: 'x', vocab: { x: 9999 } } }) },
        'different models',
      ],
    ])('says what is wrong with %s', async (_, change, problem) => {
      const model = modelOf(lay({ ...files, ...change }));
      const expected = problem === 'WordLevel' ? 'model.type is none of BPE, Unigram, WordPiece' : problem;
      await expect(model.check()).rejects.toMatchObject({
        code: 'MODEL_UNAVAILABLE',
        message: expect.stringContaining(expected),
      });
      expect(JSON.stringify(logged)).toContain(expected);
    });

    it.each(['model.onnx', 'tokenizer.json', 'config.json'])('says that %s is missing', async (name) => {
      const folder = lay(files);
      rmSync(join(folder, name));
      await expect(modelOf(folder).check()).rejects.toMatchObject({
        message: expect.stringContaining(`${name} is missing`),
      });
      writeFileSync(join(folder, name), '');
    });
  });
});
