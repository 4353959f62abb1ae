import { type MessageId, useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { QuietLink } from "~/ui";
import { authorOf, saidAt, wordsIn } from "./said";
import { type Elsewhere, useElsewhereAt } from "./useTakeaway";
import { Words } from "./Words";
import "./takeaway.css";

/** Of words that somebody gave and of what was said, so many stand at the story itself. */
const SHOWN = 3;

/** At a story that came in: what others said of it where it was before. Only its pupil reads that. */
export default function SaidElsewhere({ entryId }: { entryId: string }) {
  const t = useT();
  const found = useElsewhereAt(entryId);
  const said = (found.data ?? [])
    .filter(({ content }) => wordsIn(content, t).length > 0)
    .sort((one, other) => (saidAt(one.content) ?? "").localeCompare(saidAt(other.content) ?? ""));
  // Where it cannot be fetched, the story is there all the same, and Van elders says why it is not.
  if (said.length === 0) return null;
  return (
    <section className="tp-card tp-stack takeaway" aria-labelledby="then">
      <h2 id="then" className="takeaway__said">
        {t("takeaway.then")}
      </h2>
      <p className="tp-small tp-soft">{t("takeaway.then.what")}</p>
      <ul className="tp-stack">
        {said.slice(0, SHOWN).map((each) => (
          <li key={each.id}>
            <One item={each} />
          </li>
        ))}
      </ul>
      <p>
        <QuietLink to="/alles-meenemen/van-elders" iconAfter="forward">
          {t("takeaway.then.all")}
        </QuietLink>
      </p>
    </section>
  );
}

function One({ item: { part, content } }: { item: Elsewhere }) {
  const t = useT();
  const language = useLanguage();
  const name = authorOf(content);
  const kind = t(`takeaway.part.${part}` as MessageId);
  const at = saidAt(content);
  const who = name
    ? t("takeaway.elsewhere.by", { kind, name })
    : content.kind === "answer"
      ? t("takeaway.then.answer")
      : kind;
  return (
    <>
      <p className="tp-small">
        <b>
          <bdi>{who}</bdi>
        </b>
        {at && (
          <span className="tp-soft">
            {" · "}
            <bdi>{dayInWords(dayOf(at), language)}</bdi>
          </span>
        )}
      </p>
      <Words content={content} />
    </>
  );
}
