import { complianceOf } from './compliance.js';
import { mask } from './operators/masking.js';

const all = { gdpr: true, ccpa: true, hipaa: true, pci_dss: true };
const masked = (type: string, text: string) => ({ type, method: 'masking', replacement: mask(type, text) });

describe('compliance flags', () => {
  it('are true when nothing was found or all was replaced', () => {
    expect(complianceOf([])).toEqual(all);
    const types = ['PERSON', 'US_SSN', 'CREDIT_CARD', 'DATE_TIME', 'PASSWORD', 'MY_TYPE'];
    expect(
      complianceOf(types.map((type) => ({ type, method: 'redaction', replacement: `[${type}]` }))),
    ).toEqual(all);
  });

  it.each([
    ['PERSON', { ...all, gdpr: false, ccpa: false, hipaa: false }],
    ['CREDIT_CARD', { gdpr: false, ccpa: false, hipaa: false, pci_dss: false }],
    ['DATE_TIME', { ...all, hipaa: false }],
    ['PASSWORD', { ...all, ccpa: false }],
    ['MY_TYPE', { ...all, gdpr: false, ccpa: false, hipaa: false }],
  ])('fall when a %s is left', (type, expected) => {
    expect(complianceOf([{ type }])).toEqual(expected);
  });

  it('count what a mask leaves for HIPAA, but allow a truncated card number for PCI DSS', () => {
    expect(complianceOf([masked('US_SSN', '123-45-6789')])).toEqual({ ...all, hipaa: false });
    expect(complianceOf([masked('CREDIT_CARD', '4111 1111 1111 1111')])).toEqual({ ...all, hipaa: false });
    expect(complianceOf([masked('DATE_TIME', '1980-02-03')])).toEqual(all);
    expect(
      complianceOf([{ type: 'CREDIT_CARD', method: 'masking', replacement: '411111111111****' }]).pci_dss,
    ).toBe(false);
  });
});
