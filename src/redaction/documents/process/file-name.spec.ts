import { DenyList } from '../../engine/deny-list.js';
import { Detector } from '../../engine/detector.js';
import { redactFileName } from './file-name.js';

const detector = new Detector({
  minScore: 0.4,
  types: new Set(['EMAIL_ADDRESS', 'US_SSN']),
  denyList: new DenyList(['Zebulon Quackenbush']),
});

describe('the name of a redacted file', () => {
  it.each([
    ['Zebulon Quackenbush.pdf', 'DENY_LIST.pdf'],
    ['letter_to_Zebulon_Quackenbush-2026.pdf', 'letter_to_DENY_LIST-2026.pdf'],
    ['zebulon@example.com.txt', 'EMAIL.txt'],
    ['case 078-05-1120.docx', 'case SSN.docx'],
    ['contract.pdf', 'contract.pdf'],
    ['.profile', '.profile'],
    ['no extension', 'no extension'],
  ])('%s becomes %s', (name, expected) => {
    expect(redactFileName(name, detector)).toBe(expected);
  });

  it.each([
    ['Ottilie Fizzlewick.txt', 'PERSON_NAME.txt'],
    ['fizzlewick_report.pdf', 'PERSON_NAME_report.pdf'],
    ['OTTILIE-FIZZLEWICK-078051120.pdf', 'PERSON_NAME-PERSON_NAME-SSN.pdf'],
    ['fizzle.pdf', 'fizzle.pdf'],
  ])('%s becomes %s for what its content gave away', (name, expected) => {
    const found = [
      { type: 'PERSON', text: 'Ottilie Fizzlewick', confidence: 1 },
      { type: 'US_SSN', text: '078-05-1120', confidence: 1 },
    ];
    expect(redactFileName(name, detector, found)).toBe(expected);
  });
});
