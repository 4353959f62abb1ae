import { useState } from "react";
import { useParams } from "wouter";
import { ApiProblem } from "~/api/problem";
import { type MessageId, useT } from "~/i18n";
import { Button, Dialog, EmptyState, ErrorState, Loading, Note, QuietLink } from "~/ui";
import "./roster-import.css";
import { type RosterImport, useApply, useImport } from "./useImports";

/** One import: how far it is, what it would do or did, and the yes that it waits for. */
export default function OneImportScreen() {
  const t = useT();
  const { importId = "" } = useParams<{ importId: string }>();
  const found = useImport(importId);
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to="/beheer/import" icon="back">
          {t("roster.back")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{found.data ? <bdi>{found.data.name}</bdi> : t("roster.one")}</h1>
      {found.isPending && <Loading />}
      {found.isError && <ErrorState error={found.error} onRetry={() => found.refetch()} />}
      {found.data && <One item={found.data} />}
    </div>
  );
}

function One({ item }: { item: RosterImport }) {
  const t = useT();
  if (item.state === "reading" || item.state === "applying" || item.state === "announced") {
    return (
      <section className="tp-card tp-stack" role="status">
        <label htmlFor="progress">{t(`roster.busy.${item.state}`)}</label>
        <progress id="progress" max={100} value={item.progress} />
        <p className="tp-small tp-soft">{t("roster.mayLeave")}</p>
      </section>
    );
  }
  if (item.state === "refused") {
    return (
      <Note tone="wait" icon="cross">
        <p>
          <b>{t("roster.refused")}</b>
        </p>
        <p>{t(reason(item.refusal ?? ""), { value: "" })}</p>
      </Note>
    );
  }
  const nothing = item.changes.length === 0;
  return (
    <>
      {item.state === "applied" ? (
        <Note tone="ok" icon="check">
          <p>{t("roster.done")}</p>
        </Note>
      ) : (
        <p>{t("roster.preview", { count: item.pupils })}</p>
      )}
      {nothing ? (
        <EmptyState>{t("roster.same")}</EmptyState>
      ) : (
        <ul className="tp-stack">
          {item.changes.map((change) => (
            <li key={change.kind}>
              <Kind change={change} done={item.state === "applied"} />
            </li>
          ))}
        </ul>
      )}
      <Problems item={item} />
      {item.state === "ready" && !nothing && <GoAhead item={item} />}
    </>
  );
}

type Change = RosterImport["changes"][number];

const WHATS = ["added", "changed", "ended"] as const;
const NAMES = { added: "namesAdded", changed: "namesChanged", ended: "namesEnded" } as const;

function Kind({ change, done }: { change: Change; done: boolean }) {
  const t = useT();
  return (
    <section className="tp-card tp-stack" aria-labelledby={`kind-${change.kind}`}>
      <h2 id={`kind-${change.kind}`}>{t(`roster.kind.${change.kind}`)}</h2>
      {WHATS.filter((what) => change[what] > 0).map((what) => (
        <details key={what}>
          <summary>{t(done ? `roster.did.${what}` : `roster.will.${what}`, { count: change[what] })}</summary>
          <ul className="roster__names">
            {change[NAMES[what]].map((name) => (
              <li key={name}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
          {change[what] > change[NAMES[what]].length && (
            <p className="tp-soft">
              {t("roster.moreNames", { count: change[what] - change[NAMES[what]].length })}
            </p>
          )}
        </details>
      ))}
    </section>
  );
}

function reason(code: string): MessageId {
  return `roster.reason.${code}` as MessageId;
}

function Problems({ item }: { item: RosterImport }) {
  const t = useT();
  const younger = item.ignored.younger ?? 0;
  return (
    <>
      {younger > 0 && <p className="tp-soft">{t("roster.younger", { count: younger })}</p>}
      {item.problemCount > 0 && (
        <section className="tp-card tp-stack" aria-labelledby="problems">
          <h2 id="problems">{t("roster.problems", { count: item.problemCount })}</h2>
          <ul className="tp-stack">
            {item.problems.slice(0, 100).map((row) => (
              <li key={`${row.file}-${row.line}-${row.code}-${row.value}`}>
                <b>
                  <bdi>{row.line > 0 ? t("roster.row", { file: row.file, line: row.line }) : row.file}</bdi>
                </b>{" "}
                {t(reason(row.code), { value: row.value })}
              </li>
            ))}
          </ul>
        </section>
      )}
    </>
  );
}

function GoAhead({ item }: { item: RosterImport }) {
  const t = useT();
  const apply = useApply(item.id);
  const [asking, setAsking] = useState(false);
  const failed = apply.error instanceof ApiProblem ? apply.error.message : apply.error && t("roster.failed");
  const pupils = item.changes.find((change) => change.kind === "pupil");
  return (
    <section className="tp-stack">
      {item.many.map((many) => (
        <Note key={many.school} tone="wait" icon="info">
          <p>
            <b>{t("roster.many", { ending: many.ending, running: many.running })}</b>
          </p>
          <p>{t("roster.manyCheck")}</p>
        </Note>
      ))}
      <Button onClick={() => setAsking(true)}>
        {t(item.problemCount > 0 ? "roster.applyRest" : "roster.apply")}
      </Button>
      {failed && <p role="alert">{failed}</p>}
      <Dialog title={t("roster.sure")} open={asking} onClose={() => setAsking(false)}>
        <p>
          {t("roster.sureText", {
            added: pupils?.added ?? 0,
            ended: pupils?.ended ?? 0,
            skipped: item.problemCount,
          })}
        </p>
        <div className="tp-row">
          <Button
            busy={apply.isPending}
            onClick={() =>
              apply.mutate(
                { skipBroken: item.problemCount > 0, endMany: item.many.length > 0 },
                { onSettled: () => setAsking(false) },
              )
            }
          >
            {t("roster.yes")}
          </Button>
          <Button look="secondary" onClick={() => setAsking(false)}>
            {t("roster.no")}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
