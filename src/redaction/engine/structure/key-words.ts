const LONGEST_KEY = 200;

/** Labels a key gives to its value: the key itself, then its words when it has several (`homePhone`, `home_phone`). */
export function keyLabels(key: string): readonly string[] {
  const shortened = key.slice(0, LONGEST_KEY);
  const words = shortened
    .replaceAll(/(\p{Ll}|\p{N})(\p{Lu})/gu, '$1 $2')
    .replaceAll(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return words.length === 1 && words[0] === shortened ? words : [shortened, ...words];
}
