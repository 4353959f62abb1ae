import { useLanguage, useT } from "~/i18n";
import { daysInWords } from "~/i18n/dates";
import { useChooseField, useSuggestion } from "~/session/suggestion";
import { LinkButton, QuietButton, useToast } from "~/ui";

/** A kind of work that was not seen yet, with what is planned there: an invitation, which may be declined. */
export function Unseen() {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const choose = useChooseField();
  const suggestion = useSuggestion().data?.suggestion;
  if (!suggestion) return null;
  const { field, activity } = suggestion;
  const work = t(`field.${field}`);
  const say = (notForMe: boolean) =>
    choose.mutateAsync({ field, notForMe }).catch(() => toast({ text: t("home.unseen.failed") }));
  const decline = async () => {
    await say(true);
    toast({ text: t("home.unseen.declined", { work }), action: () => void say(false) });
  };
  const group = activity.groups[0];
  return (
    <section className="home__unseen" aria-labelledby="unseen" data-field={field}>
      <svg viewBox="0 0 96 72" aria-hidden="true">
        <path d="M13 38c-1-15 10-26 25-25 9 0 14 5 25 4 13 0 23 7 22 20-1 13-13 19-27 18-10-1-16 4-28 2-10-2-16-9-17-19Z" />
      </svg>
      <div>
        <p className="home__unseenLabel">{t("home.unseen.label")}</p>
        <h2 id="unseen">{work}</h2>
        <p>
          {t("home.unseen.when", {
            day: daysInWords(activity.happensOn, activity.endsOn, language),
            level: group?.level ?? "none",
            name: group?.name ?? "",
          })}{" "}
          <b>{activity.title}</b>
          {activity.place && ` · ${activity.place}`}
        </p>
      </div>
      <div className="tp-row home__unseenWays">
        <LinkButton to={`/kaart?eiland=${field}`} look="secondary" icon="map">
          {t("home.unseen.look")}
        </LinkButton>
        <QuietButton onClick={decline}>{t("home.unseen.notForMe")}</QuietButton>
      </div>
    </section>
  );
}
