export interface Sentence {
  text: string;
  /** Where it stands in the text: from and up to this character. */
  from: number;
  to: number;
}

/** As long as one breath; longer is cut where a comma stands, as some voices stop by themselves after a while. */
const BREATH = 220;

/** The sentences of a text, in the way of its own language. */
export function sentencesOf(text: string, language: string): Sentence[] {
  const whole = Intl.Segmenter ? segmented(text, language) : byMarks(text);
  return whole.flatMap(inBreaths).flatMap(trimmed);
}

function segmented(text: string, language: string): Sentence[] {
  const segments = new Intl.Segmenter(language, { granularity: "sentence" }).segment(text);
  return [...segments].map(({ segment, index }) => ({
    text: segment,
    from: index,
    to: index + segment.length,
  }));
}

/** For a browser that cannot cut by language. */
function byMarks(text: string): Sentence[] {
  return [...text.matchAll(/[^.!?؟…]+[.!?؟…]*/gu)].map(({ 0: found, index }) => ({
    text: found,
    from: index,
    to: index + found.length,
  }));
}

function inBreaths(sentence: Sentence): Sentence[] {
  if (sentence.text.length <= BREATH) return [sentence];
  const head = sentence.text.slice(0, BREATH);
  const comma = Math.max(...[",", ";", ":", "،", "؛"].map((mark) => head.lastIndexOf(mark)));
  const cut = (comma > 0 ? comma : head.lastIndexOf(" ")) + 1 || BREATH;
  const part = (from: number, to: number): Sentence => ({
    text: sentence.text.slice(from, to),
    from: sentence.from + from,
    to: sentence.from + to,
  });
  return [part(0, cut), ...inBreaths(part(cut, sentence.text.length))];
}

/** Without the white space around it; nothing where there is nothing to say. */
function trimmed({ text, from }: Sentence): Sentence[] {
  const start = text.length - text.trimStart().length;
  const said = text.trim();
  return /[\p{L}\p{N}]/u.test(said)
    ? [{ text: said, from: from + start, to: from + start + said.length }]
    : [];
}
