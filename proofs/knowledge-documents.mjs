/** What documents of one kind have in common, so that searches have something to go wrong with. */
const COMMON = ['brakes', 'gearboxes', 'filters', 'headlights', 'clutches', 'radiators'];
const LETTERS = 'bcdfghjkmpqrtvwxz';

/** How a fact and a remark become a file of a format. */
const FORMATS = {
  md: (fact, remark) => `# Notes\n\n## Workshop\n\n${fact}\n\n${remark}\n`,
  txt: (fact, remark) => `${remark}\n\n${fact}\n`,
  html: (fact, remark) =>
    `<html><head><title>Notes</title></head><body><h1>Workshop</h1><p>${fact}</p><p>${remark}</p></body></html>`,
  csv: (fact, remark) => `topic,note\nfact,"${fact}"\nremark,"${remark}"\n`,
};

/** A word of letters without a vowel, and a number that no other has: no stemmer changes it, none other looks like it. */
const wordOf = (number, random) =>
  `${Array.from({ length: 5 }, () => random.pick(LETTERS)).join('')}${number}x`;

/**
 * @param from number of the first; numbers must not repeat within a knowledge base
 * @returns `{number, name, text, word}`: no two texts alike, no word in more than one
 */
export function knowledgeDocuments({ from, count, random }) {
  const formats = Object.keys(FORMATS);
  return Array.from({ length: count }, (_, index) => {
    const number = from + index;
    const format = formats[number % formats.length];
    const word = wordOf(number, random);
    const fact = `The part ${word} fits ${random.pick(COMMON)} of the workshop.`;
    const remark = `Whoever repairs ${random.pick(COMMON)} looks after ${random.pick(COMMON)} as well.`;
    return { number, name: `note-${number}.${format}`, text: FORMATS[format](fact, remark), word };
  });
}

export function formOf({ name, text }) {
  const form = new FormData();
  form.append('file', new Blob([text], { type: 'application/octet-stream' }), name);
  return form;
}

export const hitsOf = ({ data }, word) => data.filter(({ text }) => text.includes(word));
