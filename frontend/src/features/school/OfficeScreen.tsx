import { Link } from "wouter";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { LinkButton, Note } from "~/ui";
import "./school.css";

/** Home of a coordinator: where they plan and look things up, and that content is not theirs to see. */
export default function OfficeScreen() {
  const t = useT();
  const { name } = useMe();
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("office.hello", { name })}</h1>
        <p className="tp-soft">{t("office.coordinator")}</p>
      </header>
      <ul className="school__groups">
        <Way to="/activiteiten" title={t("office.activities")} hint={t("office.activitiesHint")} />
        <Way to="/organisaties" title={t("office.organisations")} hint={t("office.organisationsHint")} />
        <Way to="/cijfers" title={t("office.counts")} hint={t("office.countsHint")} />
      </ul>
      <Note icon="lock">
        <p>{t("office.noContent")}</p>
      </Note>
      <p>
        <LinkButton to="/ik" look="secondary">
          {t("office.settings")}
        </LinkButton>
      </p>
    </div>
  );
}

function Way({ to, title, hint }: { to: string; title: string; hint: string }) {
  return (
    <li>
      <article className="tp-card school__group">
        <h2 className="school__way">
          <Link href={to}>{title}</Link>
        </h2>
        <p className="tp-small tp-soft">{hint}</p>
      </article>
    </li>
  );
}
