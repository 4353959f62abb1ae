import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { useMe } from "~/session";
import { useAnswerConsent } from "~/session/consent";
import { Button, Note, QuietLink, useToast } from "~/ui";

const TEXT_VERSION = 1;

/** Around the birthdays 16 and 18: beforehand it is told that home closes, then it is asked whether home may look. */
export function HomeChoice() {
  const t = useT();
  const language = useLanguage();
  const { id, pupil } = useMe();
  const toast = useToast();
  const answer = useAnswerConsent(id);
  if (pupil?.homeClosesOn) {
    return (
      <Note icon="calendar">
        <p>
          <b>{t("home.closes.title", { day: dayInWords(pupil.homeClosesOn, language) })}</b>
        </p>
        <p>{t("home.closes.text")}</p>
      </Note>
    );
  }
  if (!pupil?.homeAsked) return null;
  const say = (given: "yes" | "no") =>
    answer.mutate(
      { purpose: "home_sharing", version: TEXT_VERSION, answer: given },
      {
        onSuccess: () => toast({ text: t(`home.choice.kept.${given}`) }),
        onError: () => toast({ text: t("home.choice.failed") }),
      },
    );
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="home-choice">
      <h2 id="home-choice">{t("home.choice.title")}</h2>
      <p>{t("home.choice.text")}</p>
      <div className="tp-row">
        <Button busy={answer.isPending} onClick={() => say("yes")}>
          {t("home.choice.yes")}
        </Button>
        <Button look="secondary" busy={answer.isPending} onClick={() => say("no")}>
          {t("home.choice.no")}
        </Button>
      </div>
      <QuietLink to={`/toestemming/${id}`}>{t("home.choice.more")}</QuietLink>
    </section>
  );
}
