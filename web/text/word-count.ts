export interface TextLength {
  readonly words: number;
  /** Code points, spaces too, line ends not. */
  readonly characters: number;
}

/** A run of letters and digits, with the apostrophes, hyphens and points inside of it; or one sign of a script without spaces. */
const WORD =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+(?:['’.,-](?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}])[\p{L}\p{N}\p{M}])+)*/gu;

/** How long a text is, as people count. */
export function lengthOf(text: string): TextLength {
  let words = 0;
  for (const _ of text.matchAll(WORD)) words += 1;
  let characters = 0;
  for (const character of text) if (character !== '\n') characters += 1;
  return { words, characters };
}
