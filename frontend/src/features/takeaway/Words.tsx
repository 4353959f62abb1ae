import { useT } from "~/i18n";
import { languageOf } from "~/ui";
import { wordsIn } from "./said";
import type { Elsewhere } from "./useTakeaway";

/** What was said elsewhere, in its own direction, below what it answers. */
export function Words({ content }: Pick<Elsewhere, "content">) {
  const t = useT();
  return wordsIn(content, t).map(({ text, asked }) => (
    <div key={text}>
      {asked && <p className="tp-small tp-soft">{asked}</p>}
      <p dir="auto" lang={languageOf(text)} className="takeaway__text">
        {text}
      </p>
    </div>
  ));
}
