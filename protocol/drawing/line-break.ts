/// <reference path="./linebreak.d.ts" />
import LineBreaker from 'linebreak';

// Between two characters of ASCII, browsers break by a table of their own, in which `https://example.org/a/b` and `a/b`
// hold together and brackets begin a new line; this is Chromium's. UAX #14 decides everywhere else.
const AFTER_HYPHEN = /[^!$),./:;?\]}]/;
const AFTER_QUESTION_MARK = /[^!"'),./:;?\]}]/;
const OPENING = /[(<[{]/;
const BEFORE_OPENING = /[!"#%&)*+,.:;=>\\\]|}~]/;

const isPrintableAscii = (character: string): boolean => character > ' ' && character <= '~';

/** Whether a line may end between two characters of ASCII; a hyphen before a digit may be a minus sign. */
function mayBreakAscii(before: string, left: string, right: string): boolean {
  if (left === '-') return AFTER_HYPHEN.test(right) && (!/\d/.test(right) || /[a-z\d]/i.test(before));
  if (left === '?') return AFTER_QUESTION_MARK.test(right);
  return BEFORE_OPENING.test(left) && OPENING.test(right);
}

/** Where lines may end within a paragraph: offsets in ascending order, its end included. */
export function breakOffsets(paragraph: string): readonly number[] {
  const offsets: number[] = [];
  const breaker = new LineBreaker(paragraph);
  let next = breaker.nextBreak();
  for (let i = 1; i < paragraph.length; i++) {
    while (next && next.position < i) next = breaker.nextBreak();
    const left = paragraph.charAt(i - 1);
    const right = paragraph.charAt(i);
    const mayBreak =
      isPrintableAscii(left) && isPrintableAscii(right)
        ? mayBreakAscii(paragraph.charAt(i - 2), left, right)
        : next?.position === i;
    if (mayBreak) offsets.push(i);
  }
  offsets.push(paragraph.length);
  return offsets;
}
