/** Equal for spellings of one value: NFKC, case folded (by way of upper case, which also joins ß and ss), single spaces. */
export const comparable = (value: string): string =>
  value.normalize('NFKC').toUpperCase().toLowerCase().normalize('NFKC').replaceAll(/\s+/g, ' ').trim();
