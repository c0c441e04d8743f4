import { AppError } from '../../../platform/errors/app-error.js';
import { MAX_ROWS, readUserCsv } from './user-csv.js';

const read = (text: string | Buffer) => readUserCsv(Buffer.from(text as string));
const HEADER = 'email,name,role,department\n';
const codesOf = (text: string | Buffer) =>
  read(text).errors.map(({ row, field, code }) => [row, field, code]);

function faultOf(text: string) {
  try {
    read(text);
  } catch (error) {
    if (error instanceof AppError) return error;
    throw error;
  }
  throw new Error('the file was read');
}

describe('readUserCsv', () => {
  it('reads people, in whatever order the columns are', () => {
    const { people, errors } = read(
      'Role,Email,Name\nuser,maria@example.com,"Garcia, Maria"\nADMIN,p@example.com,Plato\n',
    );
    expect(errors).toEqual([]);
    expect(people).toEqual([
      {
        row: 2,
        person: {
          ...{ email: 'maria@example.com', firstName: 'Garcia,', lastName: 'Maria' },
          ...{ systemRole: 'user', department: undefined },
        },
      },
      {
        row: 3,
        person: {
          ...{ email: 'p@example.com', firstName: 'Plato', lastName: '' },
          ...{ systemRole: 'admin', department: undefined },
        },
      },
    ]);
  });

  it('reads what spreadsheets write: a mark at the start, semicolons, carriage returns, empty lines', () => {
    const { people, errors } = read(
      '\u{feff}email;name;role;department\r\n"josé@example.com";"José Núñez";user;"Forschung & Lehre"\r\n\r\n',
    );
    expect(errors).toEqual([]);
    expect(people[0]?.person).toMatchObject({
      ...{ email: 'josé@example.com', firstName: 'José', lastName: 'Núñez', department: 'Forschung & Lehre' },
    });
  });

  it('says of each row what is wrong with it, and goes on with the others', () => {
    const rows = [
      'a@example.com,A,user,',
      'not an address,B,user,',
      'c@example.com,C,owner,',
      ',D,user,',
      'e@example.com,,user,',
      'f@example.com,F,,',
      'g@example.com,G,user,Sales,more',
      `h@example.com,${'x'.repeat(151)},user,`,
      'i@example.com,I,user',
    ];
    const { people } = read(HEADER + rows.join('\n'));
    expect(people.map(({ row }) => row)).toEqual([2, 10]);
    expect(codesOf(HEADER + rows.join('\n'))).toEqual([
      [3, 'email', 'invalid_email'],
      [4, 'role', 'invalid_role'],
      [5, 'email', 'missing_required_field'],
      [6, 'name', 'missing_required_field'],
      [7, 'role', 'missing_required_field'],
      [8, null, 'invalid_field'],
      [9, 'name', 'invalid_field'],
    ]);
  });

  it('refuses a row that is not UTF-8, and no other', () => {
    const bytes = Buffer.concat([
      Buffer.from(`${HEADER}a@example.com,Ana,user,\n`),
      Buffer.from('b@example.com,Jos\u00e9,user,\n', 'latin1'),
      Buffer.from('c@example.com,José,user,\n'),
    ]);
    expect(codesOf(bytes)).toEqual([[3, null, 'encoding_error']]);
    expect(read(bytes).people.map(({ person }) => person.firstName)).toEqual(['Ana', 'José']);
  });

  it('quotes nothing of a row in what it says', () => {
    const { errors } = read(`${HEADER}zaqvorix,Maria,user,\nx@example.com,X,zaqvorix,`);
    expect(JSON.stringify(errors)).not.toContain('zaqvorix');
  });

  it.each([
    ['', 'required'],
    ['email,name\na@example.com,A', 'required'],
    ['email,name,role,salary\n', 'unknown'],
    ['email,name,role,role\n', 'unique'],
    [`${HEADER}"a@example.com,A,user,`, 'format'],
    [`${HEADER}a"b@example.com,A,user,\n`, 'format'],
  ])('refuses the file %j', (text, constraint) => {
    expect(faultOf(text).details).toMatchObject({ field: 'file', constraint });
  });

  it('takes as many rows as it says, and no more', () => {
    const { details } = faultOf(HEADER + 'a@example.com,A,user,\n'.repeat(MAX_ROWS + 1));
    expect(details).toMatchObject({ field: 'file', constraint: 'maxItems' });
    expect(read(HEADER + 'a@example.com,A,user,\n'.repeat(MAX_ROWS)).people).toHaveLength(MAX_ROWS);
  });
});
