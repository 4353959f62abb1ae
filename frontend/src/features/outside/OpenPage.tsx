import { type ReactNode, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Button } from "~/ui";
import { AnswerForm } from "./AnswerForm";
import { Frame } from "./Frame";
import { StoryShown } from "./StoryShown";
import type { Page } from "./useOutside";

interface Props {
  page: Page;
  /** What a draft is kept under. */
  held: string;
  onOver: () => void;
  /** Reads anew what is there. */
  onRead: () => Promise<Page | undefined>;
  done: ReactNode;
}

/** The story, and beside it the three questions; after sending the way back to them. */
export function OpenPage({ page, held, onOver, onRead, done }: Props) {
  const t = useT();
  const language = useLanguage();
  const [writing, setWriting] = useState(page.answer === null);
  const name = page.givenName;
  const until = t("outside.until", { day: dayInWords(page.until, language) });
  if (!writing) {
    return (
      <Frame title={t("outside.sent.title")} lead={t("outside.sent.text", { name })}>
        <div className="tp-row">
          <Button look="secondary" icon="pencil" onClick={() => setWriting(true)}>
            {t("outside.sent.edit")}
          </Button>
          {done}
        </div>
        <p className="tp-small tp-soft">{until}</p>
      </Frame>
    );
  }
  return (
    <Frame
      wide
      title={t("outside.page.title", { name })}
      lead={t("outside.page.lead", { name, school: page.school })}
    >
      <div className="tp-columns">
        <StoryShown page={page} />
        <aside className="tp-stack">
          <AnswerForm
            page={page}
            held={held}
            onOver={onOver}
            onRead={onRead}
            onSent={() => setWriting(false)}
          />
          <p className="tp-small tp-soft">{until}</p>
        </aside>
      </div>
    </Frame>
  );
}
