import { Link } from "wouter";
import { useT } from "~/i18n";
import { LinkButton, QuietLink } from "~/ui";
import type { PlannableGroup, Template } from "./plan";
import { Bands, levelOf } from "./words";

/** How to begin: with an example that fits the age of one's pupils, or with nothing. */
export function StartChoice({
  templates,
  groups,
}: {
  templates: readonly Template[];
  groups: readonly PlannableGroup[];
}) {
  const t = useT();
  const bands = new Set(groups.map(({ band }) => band));
  const fitting = templates.filter((one) => bands.size === 0 || one.bands.some((band) => bands.has(band)));
  return (
    <div className="tp-page tp-page--wide tp-stack">
      <p>
        <QuietLink to="/activiteiten" icon="back">
          {t("activities.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("activities.new")}</h1>
      <p className="tp-lead">{t("activities.startAsk")}</p>
      <p>
        <LinkButton to="/activiteiten/nieuw?leeg" look="secondary" icon="plus">
          {t("activities.startBlank")}
        </LinkButton>
      </p>
      <h2>{t("activities.startTemplate")}</h2>
      <ul className="activities__templates">
        {fitting.map((template) => (
          <li key={template.code} className="tp-card activities__template">
            <div>
              <h3>
                <Link href={`/activiteiten/nieuw?voorbeeld=${template.code}`}>{template.title}</Link>
              </h3>
              <p className="tp-small tp-soft">
                <Bands bands={template.bands} />
              </p>
              <p className="tp-small">
                {[
                  t("activities.days", { days: template.days }),
                  t(template.signUp ? "activities.bySignUp" : "activities.forAll", {
                    level: levelOf(groups),
                  }),
                  template.logbook && t("activities.withLogbook"),
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}
