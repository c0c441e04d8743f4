import { DenyList } from '../../engine/deny-list.js';
import { Detector } from '../../engine/detector.js';
import { redactFileName } from './file-name.js';

const detector = new Detector({ minScore: 0.4, denyList: new DenyList(['Zebulon Quackenbush']) });

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
});
