import { useLanguage, useT } from "~/i18n";
import { dayOf, recently } from "~/i18n/dates";
import { Avatar, languageOf, QuietButton } from "~/ui";
import { type Entry, type Said, TAKE_BACK_MS } from "./useFeedback";

type Props = { entry: Entry; onTakeBack: (id: string) => void };

/** What was said about the entry so far, oldest first; what one has just said can be taken back. */
export function SaidList({ entry, onTakeBack }: Props) {
  const t = useT();
  if (entry.feedback.length === 0) return null;
  return (
    <ol className="tp-list" aria-label={t("feedback.said")}>
      {entry.feedback.map((said) => (
        <li key={said.id} className="feedback__said">
          <Avatar id={said.author.id} name={said.author.name} />
          <Words said={said} earlier={said.version < entry.version} onTakeBack={onTakeBack} />
        </li>
      ))}
    </ol>
  );
}

function canTakeBack(said: Said): boolean {
  return said.own && Date.now() - Date.parse(said.createdAt) < TAKE_BACK_MS;
}

function Words({
  said,
  earlier,
  onTakeBack,
}: {
  said: Said;
  earlier: boolean;
  onTakeBack: (id: string) => void;
}) {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="tp-grow">
      <p className="tp-small">
        <b>{t(`feedback.kind.${said.kind}`, { name: said.author.name })}</b>
        <span className="tp-soft">
          {" · "}
          {recently(dayOf(said.createdAt), language)}
          {earlier && ` · ${t("feedback.version")}`}
        </span>
      </p>
      {said.reaction && <p className="feedback__reaction">{t(`reaction.${said.reaction}`)}</p>}
      {said.text && (
        <p className="feedback__words" dir="auto" lang={languageOf(said.text)}>
          {said.text}
        </p>
      )}
      {canTakeBack(said) && (
        <QuietButton icon="undo" onClick={() => onTakeBack(said.id)}>
          {t("feedback.undo")}
        </QuietButton>
      )}
    </div>
  );
}
