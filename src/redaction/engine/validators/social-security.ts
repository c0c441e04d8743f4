/**
 * Form of a US social security number (SSA, POMS RM 10201.035): area not 000, 666 or 900–999, group not 00, serial
 * not 0000. Since the randomisation of 2011 every other area may occur. Well-known samples have a valid form.
 */
export function isSocialSecurityForm(digits: string): boolean {
  if (digits.length !== 9) return false;
  const area = digits.slice(0, 3);
  if (area === '000' || area === '666' || area.startsWith('9')) return false;
  return digits.slice(3, 5) !== '00' && digits.slice(5) !== '0000';
}
