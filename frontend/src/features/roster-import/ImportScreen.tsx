import { type ChangeEvent, useState } from "react";
import { Link, useLocation } from "wouter";
import { ApiProblem } from "~/api/problem";
import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, timeOf } from "~/i18n/dates";
import { useMe } from "~/session";
import { EmptyState, ErrorState, Icon, Loading, Note } from "~/ui";
import "./roster-import.css";
import { type RosterImport, useImports, useSendRoster } from "./useImports";

const MOST_MB = 50;

/** Bringing in who is where: choose a file, and what was brought in before. */
export default function ImportScreen() {
  const t = useT();
  const { roles } = useMe();
  const school = roles.find(({ role }) => role === "admin")?.school;
  if (!school) return null;
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("roster.title")}</h1>
      <p>{t("roster.intro", { school: school.name })}</p>
      <Choose schoolId={school.id} />
      <History schoolId={school.id} />
    </div>
  );
}

function Choose({ schoolId }: { schoolId: string }) {
  const t = useT();
  const [, go] = useLocation();
  const [sent, setSent] = useState(0);
  const [tooLarge, setTooLarge] = useState(false);
  const send = useSendRoster(schoolId, setSent);
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    const [file] = event.target.files ?? [];
    event.target.value = "";
    if (!file) return;
    const large = file.size > MOST_MB * 1_000_000 || file.size === 0;
    setTooLarge(large);
    if (!large) send.mutate(file, { onSuccess: (id) => go(`/beheer/import/${id}`) });
  };
  const failed = send.error instanceof ApiProblem ? send.error.message : send.error && t("roster.failed");
  return (
    <section className="tp-card tp-stack" aria-labelledby="choose">
      <h2 id="choose">{t("roster.choose")}</h2>
      <p>{t("roster.kinds", { mb: MOST_MB })}</p>
      {send.isPending ? (
        <div className="tp-stack" role="status">
          <label htmlFor="sending">{t("roster.sending")}</label>
          <progress id="sending" max={1} value={sent} />
        </div>
      ) : (
        <label className="utrecht-button utrecht-button--primary-action roster__pick">
          <input type="file" accept=".zip,.xml" onChange={picked} />
          <Icon name="file" />
          <span>{t("roster.pick")}</span>
        </label>
      )}
      <p className="tp-small tp-soft">{t("roster.nothingYet")}</p>
      {(tooLarge || failed) && (
        <Note tone="wait">
          <p role="alert">{tooLarge ? t("roster.tooLarge", { mb: MOST_MB }) : failed}</p>
        </Note>
      )}
    </section>
  );
}

function History({ schoolId }: { schoolId: string }) {
  const t = useT();
  const imports = useImports(schoolId);
  const items = imports.data?.items ?? [];
  return (
    <section className="tp-stack" aria-labelledby="history">
      <h2 id="history">{t("roster.history")}</h2>
      {imports.isPending && <Loading cards={1} />}
      {imports.isError && <ErrorState error={imports.error} onRetry={() => imports.refetch()} />}
      {imports.isSuccess && items.length === 0 && <EmptyState>{t("roster.none")}</EmptyState>}
      {items.length > 0 && (
        <ul className="tp-stack">
          {items.map((each) => (
            <li key={each.id} className="tp-card">
              <Before item={each} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Before({ item }: { item: RosterImport }) {
  const t = useT();
  const language = useLanguage();
  return (
    <>
      <p>
        <b>
          <Link href={`/beheer/import/${item.id}`}>
            <bdi>{item.name}</bdi>
          </Link>
        </b>
      </p>
      <p className="tp-soft">
        {t("roster.by", {
          day: recently(dayOf(item.madeAt), language),
          time: timeOf(item.madeAt, language),
          name: item.madeBy,
        })}{" "}
        {t(`roster.state.${item.state}`)}
      </p>
    </>
  );
}
