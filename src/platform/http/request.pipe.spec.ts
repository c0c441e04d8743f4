import 'reflect-metadata';
import * as fc from 'fast-check';
import { AppError } from '../errors/app-error.js';
import {
  BooleanField,
  DataField,
  NumberField,
  ObjectField,
  ObjectsField,
  StringField,
  StringsField,
} from './fields.js';
import { RequestPipe } from './request.pipe.js';

class Item {
  @StringField({ minLength: 1, maxLength: 3 })
  name: string;
}

class Body {
  @StringField({ enum: ['a', 'b'], default: 'a', optional: true })
  choice = 'a';

  @NumberField({ integer: true, minimum: 0, maximum: 9, optional: true })
  count?: number;

  @BooleanField({ optional: true })
  flag?: boolean;

  @StringsField({ maxItems: 2, maxLength: 2, optional: true })
  words?: string[];

  @ObjectsField(() => Item, { maxItems: 2, optional: true })
  items?: Item[];

  @ObjectField(() => Item, { optional: true, nullable: true })
  one?: Item | null;

  @DataField({ optional: true })
  data?: unknown;
}

class Query {
  @NumberField({ integer: true, minimum: 1, optional: true })
  page?: number;

  @BooleanField({ optional: true })
  deep?: boolean;
}

const pipe = new RequestPipe();
const body = (value: unknown) => pipe.transform(value, { type: 'body', metatype: Body });
const query = (value: unknown) => pipe.transform(value, { type: 'query', metatype: Query });

function faultOf(work: () => unknown): [string, string] {
  try {
    work();
  } catch (error) {
    if (error instanceof AppError && error.details) return [error.details.field, error.details.constraint];
    throw error;
  }
  throw new Error('nothing was refused');
}

describe('RequestPipe', () => {
  it('lets through what is declared, with defaults', () => {
    const given = { count: 3, items: [{ name: 'x' }], one: null, data: { deep: [1] } };
    expect(body(given)).toEqual({ choice: 'a', ...given });
    expect(body(given)).toBeInstanceOf(Body);
  });

  it.each<[unknown, string, string]>([
    [undefined, 'body', 'required'],
    [null, 'body', 'type'],
    [[], 'body', 'type'],
    ['text', 'body', 'type'],
    [{ colour: 1 }, 'colour', 'unknown'],
    [JSON.parse('{"__proto__":{"choice":"b"}}'), '__proto__', 'unknown'],
    [{ choice: 'c' }, 'choice', 'enum'],
    [{ choice: null }, 'choice', 'type'],
    [{ count: 1.5 }, 'count', 'type'],
    [{ count: '1' }, 'count', 'type'],
    [{ count: 10 }, 'count', 'maximum'],
    [{ flag: 'true' }, 'flag', 'type'],
    [{ words: 'x' }, 'words', 'type'],
    [{ words: ['a', 'b', 'c'] }, 'words', 'maxItems'],
    [{ words: ['long'] }, 'words', 'maxLength'],
    [{ items: [{ name: 'x' }, { name: 'xxxx' }] }, 'items[1].name', 'maxLength'],
    [{ items: [{ name: 'x', other: 1 }] }, 'items[0].other', 'unknown'],
    [{ items: ['x'] }, 'items[0]', 'type'],
    [{ items: [{}] }, 'items[0].name', 'required'],
    [{ one: { name: 'a\0' } }, 'one.name', 'storable'],
    [{ data: 7 }, 'data', 'type'],
  ])('refuses %j at %s for its %s', (value, field, constraint) => {
    expect(faultOf(() => body(value))).toEqual([field, constraint]);
  });

  it('refuses an array that is too long without looking at its items', () => {
    const items = new Proxy(Array.from({ length: 1_000_000 }), {
      get(target, key) {
        if (/^\d+$/.test(String(key))) throw new Error('looked at');
        return Reflect.get(target, key);
      },
    });
    expect(faultOf(() => body({ items }))).toEqual(['items', 'maxItems']);
  });

  it('hands data on as it is, however deep', () => {
    let deep: unknown = 'x';
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect((body({ data: deep }) as Body).data).toBe(deep);
  });

  it('converts the texts of a query, and refuses what does not convert or comes twice', () => {
    expect(query({ page: '2', deep: 'true' })).toEqual({ page: 2, deep: true });
    expect(query(undefined)).toEqual({});
    expect(faultOf(() => query({ page: '2x' }))).toEqual(['page', 'type']);
    expect(faultOf(() => query({ page: '' }))).toEqual(['page', 'type']);
    expect(faultOf(() => query({ page: ['1', '2'] }))).toEqual(['page', 'single']);
    expect(faultOf(() => query({ pages: '2' }))).toEqual(['pages', 'unknown']);
  });

  it('answers any JSON with a DTO or with an error that names a field', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        try {
          expect(body(value)).toBeInstanceOf(Body);
        } catch (error) {
          expect(error).toBeInstanceOf(AppError);
          expect((error as AppError).details?.field).toEqual(expect.any(String));
        }
      }),
    );
  });

  describe('for long lists', () => {
    class LongBody {
      @ObjectsField(() => Item, { maxItems: 5_000 })
      items: Item[];
    }

    const items = (count: number): { name: unknown }[] =>
      Array.from({ length: count }, (_, index) => ({ name: `${index % 1000}` }));
    const transform = (value: unknown) => pipe.transform(value, { type: 'body', metatype: LongBody });
    const refusalOf = async (value: unknown) => {
      const error = await Promise.resolve(value).catch((refused: unknown) => refused);
      return error instanceof AppError ? [error.details?.field, error.details?.constraint] : error;
    };

    it('makes every item, in order, and lets others in meanwhile', async () => {
      let turns = 0;
      const timer = setInterval(() => {
        turns += 1;
      }, 1);
      const made = await transform({ items: items(5_000) });
      clearInterval(timer);
      expect(made).toBeInstanceOf(LongBody);
      expect((made as LongBody).items.every((item) => item instanceof Item)).toBe(true);
      expect((made as LongBody).items).toEqual(items(5_000));
      expect(turns).toBeGreaterThan(0);
    });

    it('goes through long lists to the end', async () => {
      const last = (item: unknown) => transform({ items: [...items(999), item] });
      expect(await refusalOf(last({ name: 'long' }))).toEqual(['items[999].name', 'maxLength']);
      expect(await refusalOf(last({}))).toEqual(['items[999].name', 'required']);
      expect(await refusalOf(last({ name: 'a', more: 1 }))).toEqual(['items[999].more', 'unknown']);
      expect(await refusalOf(last('text'))).toEqual(['items[999]', 'type']);
    });

    it('refuses what is too long unseen', () => {
      expect(faultOf(() => transform({ items: items(5_001) }))).toEqual(['items', 'maxItems']);
    });
  });
});
