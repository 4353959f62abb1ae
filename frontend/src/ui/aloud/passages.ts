import { sentencesOf } from "./sentences";

/** A sentence on the page: what to say, in which language, and where it stands. */
export interface Spoken {
  text: string;
  language: string;
  range: Range;
}

const BLOCKS =
  "p,h1,h2,h3,h4,h5,h6,li,dt,dd,blockquote,figcaption,summary,td,th,legend,div,section,article,header,footer,ul,ol,dl";
/** What is there to press or to fill in, or only to look at. */
const SILENT =
  "button,input,select,textarea,audio,video,svg,script,style,[aria-hidden='true'],[hidden],[data-silent],.tp-hidden,details:not([open]) > :not(summary)";

/** All that can be read aloud in a part of the page, in order: each text by its own block and language. */
export function spokenIn(root: Element): Spoken[] {
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  const found: Spoken[] = [];
  let run: Text[] = [];
  let of: { block: Element | null; language: string } | undefined;
  const flush = () => {
    if (of && run.length > 0) found.push(...inRun(run, of.language));
    run = [];
  };
  for (let node = walker.nextNode() as Text | null; node; node = walker.nextNode() as Text | null) {
    const parent = node.parentElement;
    if (!parent || parent.closest(SILENT) || !parent.checkVisibility?.({ visibilityProperty: true }))
      continue;
    const block = parent.closest(BLOCKS);
    const language = parent.closest("[lang]")?.getAttribute("lang") || "nl";
    if (block !== of?.block || language !== of?.language) {
      flush();
      of = { block, language };
    }
    run.push(node);
  }
  flush();
  return found;
}

function inRun(nodes: readonly Text[], language: string): Spoken[] {
  const whole = nodes.map((node) => node.data).join("");
  const place = (at: number): [Text, number] => {
    let passed = 0;
    for (const node of nodes) {
      if (at <= passed + node.data.length) return [node, at - passed];
      passed += node.data.length;
    }
    const last = nodes[nodes.length - 1] as Text;
    return [last, last.data.length];
  };
  return sentencesOf(whole, language).map(({ text, from, to }) => {
    const range = document.createRange();
    range.setStart(...place(from));
    range.setEnd(...place(to));
    return { text, language, range };
  });
}
