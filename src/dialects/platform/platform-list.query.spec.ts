import { StringField } from '../../platform/http/fields.js';
import { ListQuery, SortField } from '../../platform/http/listing.js';
import { RequestPipe } from '../../platform/http/request.pipe.js';
import { inCoreWords, perPage } from './platform-list.query.js';

class CoreQuery extends ListQuery {
  @StringField({ enum: ['active', 'archived'], optional: true })
  status?: string;

  @SortField(['created_at', 'name'])
  sort?: string;
}

class PlatformQuery extends perPage(CoreQuery) {}

const read = (metatype: typeof CoreQuery | typeof PlatformQuery, query: object) =>
  new RequestPipe().transform(query, { type: 'query', metatype });

describe('perPage', () => {
  it('reads what the core reads, with per_page for page_size', () => {
    const query = { status: 'active', sort: 'name', order: 'asc', page: '3' };
    const platform = read(PlatformQuery, { ...query, per_page: '25' }) as PlatformQuery;
    expect(inCoreWords(platform)).toEqual({ ...(read(CoreQuery, { ...query, page_size: '25' }) as object) });
  });

  it("has the core's defaults", () => {
    expect(inCoreWords(read(PlatformQuery, {}) as PlatformQuery)).toEqual({ ...new CoreQuery() });
  });

  it.each([
    [{ page_size: '5' }, 'page_size'],
    [{ status: 'gone' }, 'status'],
    [{ per_page: '0' }, 'per_page'],
    [{ page: 'one' }, 'page'],
  ])('refuses %j, naming the parameter', (query, field) => {
    expect(() => read(PlatformQuery, query)).toThrow(
      expect.objectContaining({ details: expect.objectContaining({ field }) }),
    );
  });

  it('names its own parameters where one is unknown', () => {
    expect(() => read(PlatformQuery, { colour: 'red' })).toThrow(
      'Unknown parameter: colour. Allowed: per_page, status, sort, cursor, order, page.',
    );
  });
});
