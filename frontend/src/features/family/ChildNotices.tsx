import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Note, QuietLink } from "~/ui";
import type { Child } from "./useHome";

/** What a parent is asked or told about one child: consent that waits, and the birthday on which the child decides. */
export function ChildNotices({ child }: { child: Child }) {
  const t = useT();
  const language = useLanguage();
  const name = child.givenName ?? t("family.child");
  return (
    <>
      {child.homeClosesOn && (
        <Note icon="calendar">
          <p>
            <b>{t("family.closes.title", { name, day: dayInWords(child.homeClosesOn, language) })}</b>
          </p>
          <p>{t("family.closes.text", { name })}</p>
        </Note>
      )}
      {child.mayAnswer && child.recognisable === "open" ? (
        <Note icon="question" tone="wait">
          <p>
            <b>{t("family.consent.title", { name })}</b>
          </p>
          <p>
            <QuietLink to={`/toestemming/${child.id}`} iconAfter="forward">
              {t("family.consent.go")}
            </QuietLink>
          </p>
        </Note>
      ) : (
        <p>
          <QuietLink to={`/toestemming/${child.id}`}>{t("family.consent.all", { name })}</QuietLink>
        </p>
      )}
      {child.mayAnswer && (
        <p>
          <QuietLink to={`/gegevens/${child.id}`}>{t("privacy.link.of", { name })}</QuietLink>
        </p>
      )}
    </>
  );
}
