import { Detector, findAll } from '../detector.js';

const usual = new Detector({ minScore: 0.4 });

function people(text: string): string[] {
  return findAll(usual, { text, labels: [] })
    .filter(({ type }) => type === 'PERSON')
    .map(({ start, end }) => text.slice(start, end));
}

describe('names of people', () => {
  it.each([
    ['The report by Jane Cooper was late.', ['Jane Cooper']],
    ['Zuzana Dvořáková and Łukasz Wójcik met.', ['Zuzana Dvořáková', 'Łukasz Wójcik']],
    ['Zuzana Dvorakova and Lukasz Wojcik met.', ['Zuzana Dvorakova', 'Lukasz Wojcik']],
    ["We asked Conor O'Brien-Walsh about it.", ["Conor O'Brien-Walsh"]],
    ['signed, J. R. Hamilton', ['J. R. Hamilton']],
    ['It was Ludwig van der Berg.', ['Ludwig van der Berg']],
    ['Dr. Quillfeather will see you.', ['Quillfeather']],
    ['Patient: Maria Garcia, admitted', ['Maria Garcia']],
    ['My name is Xanthe Quorl.', ['Xanthe Quorl']],
    ['my name is peter miller and i live here', ['peter miller']],
    ["I saw Peter's car.", ['Peter']],
    ['Martin Luther King Jr. spoke.', ['Martin Luther King Jr.']],
    ['Ask Will Smith or Grace Kelly about it.', ['Will Smith', 'Grace Kelly']],
    ['Hi Tom,', ['Tom']],
    ['JANE COOPER', ['JANE COOPER']],
    ['"Peter Novak","Anna Schmidt"', ['Peter Novak', 'Anna Schmidt']],
  ])('are found in: %s', (text, names) => {
    expect(people(text)).toEqual(names);
  });

  it.each([
    'Will you come in May or in August?',
    'Grace Period, Quick Start, Common Questions and Next Steps',
    'Visual Studio Code, Google Chrome, Microsoft Azure, Amazon Redshift, Apache Kafka',
    'Stanford University, Morgan Holdings Inc, Martin Street, Jordan River',
    'Paris is lovely in April.',
    'ERROR Failed to connect; WARN Retrying; INFO Done',
    'class UserService extends BaseService { constructor(private readonly UserRepo: Repository) {} }',
    'The Terms of Service apply. Please Read the Documentation.',
    "I'm sure; Don't worry; Let's go.",
    'Dear Customer, Hello World, Hi Team',
  ])('are not in: %s', (text) => {
    expect(people(text)).toEqual([]);
  });
});
