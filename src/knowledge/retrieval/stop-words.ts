/** English words that say nothing of what a text is about, as {@link normalize} leaves them: no apostrophes, no accents. */
const STOP_WORDS: ReadonlySet<string> = new Set(
  `a an the this that these those such
  i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers herself
  it its itself they them their theirs themselves one ones
  am is are was were be been being do does did doing done have has had having
  can could may might must shall should will would ought cannot
  cant couldnt didnt doesnt dont hadnt hasnt havent isnt arent wasnt werent mustnt shouldnt wont wouldnt
  im youre hes shes theyre ive youve weve theyve id youd hed theyd ill youll hell shell theyll lets thats theres heres
  and or but nor so yet if than then else because while although though unless until whether as
  of in on at by for to from with into onto upon about between among through during within without
  over under above below against toward towards via per off out up down
  what which who whom whose when where why how
  whats whos hows wheres
  there here also too very just only even still again ever quite rather almost already
  some any each every either neither both all most other others another own same not no
  more less much many few
  s t d ll m re ve`.split(/\s+/),
);

/** @param word as `normalize` gives it */
export const isStopWord = (word: string): boolean => STOP_WORDS.has(word);

const NUMBERS: ReadonlyMap<string, number> = new Map([...STOP_WORDS].map((word, number) => [word, number]));

/** How many stop words there are. */
export const STOP_WORD_COUNT = NUMBERS.size;

/** Counts the stop words from 0; undefined for any other word. @param word as `normalize` gives it */
export const stopWordNumber = (word: string): number | undefined => NUMBERS.get(word);
