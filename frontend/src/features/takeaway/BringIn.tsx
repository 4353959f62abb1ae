import { type ChangeEvent, useState } from "react";
import { Link, useLocation } from "wouter";
import { ApiProblem } from "~/api/problem";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, timeOf } from "~/i18n/dates";
import { ErrorState, Icon, Note, QuietLink } from "~/ui";
import { type Brought, MOST_GB, useBring, useImports } from "./useTakeaway";

/** Bringing in what was made elsewhere: choose a file, and what was brought before. */
export function BringIn() {
  const t = useT();
  return (
    <section className="tp-card tp-stack" aria-labelledby="bring">
      <h2 id="bring">{t("takeaway.bring")}</h2>
      <p>{t("takeaway.bring.what")}</p>
      <Choose />
      <p className="tp-small tp-soft">{t("takeaway.bring.drafts")}</p>
      <Before />
    </section>
  );
}

function Choose() {
  const t = useT();
  const [, go] = useLocation();
  const [sent, setSent] = useState(0);
  const [wrong, setWrong] = useState<"takeaway.bring.tooLarge" | "takeaway.bring.empty" | null>(null);
  const bring = useBring(setSent);
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    const problem =
      file.size === 0
        ? "takeaway.bring.empty"
        : file.size > MOST_GB * 1_000_000_000
          ? "takeaway.bring.tooLarge"
          : null;
    setWrong(problem);
    setSent(0);
    if (!problem) bring.mutate(file, { onSuccess: (id) => go(`/alles-meenemen/${id}`) });
  };
  const failed =
    bring.error instanceof ApiProblem ? bring.error.message : bring.error && t("takeaway.bring.notSent");
  return (
    <>
      {bring.isPending ? (
        <div className="tp-stack" role="status">
          <label htmlFor="sending">{t("takeaway.bring.sending")}</label>
          <progress id="sending" max={1} value={sent} />
        </div>
      ) : (
        <label className="utrecht-button utrecht-button--secondary-action takeaway__pick">
          <input type="file" accept=".zip,.xml" onChange={picked} />
          <Icon name="file" />
          <span>{t("takeaway.bring.pick")}</span>
        </label>
      )}
      {(wrong || failed) && (
        <Note tone="wait">
          <p role="alert">{wrong ? t(wrong, { gb: MOST_GB }) : failed}</p>
        </Note>
      )}
    </>
  );
}

function Before() {
  const t = useT();
  const imports = useImports();
  if (imports.isError) return <ErrorState error={imports.error} onRetry={() => imports.refetch()} />;
  if (!imports.data?.length) return null;
  return (
    <div className="tp-stack">
      <h3>{t("takeaway.bring.before")}</h3>
      <ul className="tp-list">
        {imports.data.map((each) => (
          <li key={each.id}>
            <One item={each} />
          </li>
        ))}
      </ul>
      <p>
        <QuietLink to="/alles-meenemen/van-elders" iconAfter="forward">
          {t("takeaway.elsewhere.link")}
        </QuietLink>
      </p>
    </div>
  );
}

function One({ item }: { item: Brought }) {
  const t = useT();
  const language = useLanguage();
  return (
    <div className="tp-grow">
      <p>
        <Link href={`/alles-meenemen/${item.id}`}>
          <bdi>{item.name}</bdi>
        </Link>
      </p>
      <p className="tp-soft takeaway__at">
        {t("takeaway.bring.at", {
          day: recently(dayOf(item.madeAt), language),
          time: timeOf(item.madeAt, language),
        })}{" "}
        {t(`takeaway.state.${item.state}`)}
      </p>
    </div>
  );
}
