import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import {
  Button,
  Dialog,
  ErrorState,
  LinkButton,
  Loading,
  Note,
  OwnWords,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import { PartCard } from "./PartCard";
import { type MyDossier, newId, problemOf, useHandIn, useMyDossier, useTakeBack } from "./useDossier";
import "./dossier.css";

/** The pupil's own loopbaandossier: five questions, what is shown with each, and handing it in. */
export default function MyDossierScreen() {
  const t = useT();
  const dossier = useMyDossier();
  const offline = dossier.isPending && dossier.fetchStatus === "paused";
  return (
    <div className="tp-page tp-stack">
      <header>
        <h1 tabIndex={-1}>{t("dossier.title")}</h1>
        <p className="tp-soft">{t("dossier.intro")}</p>
      </header>
      {dossier.isPending && !offline && <Loading cards={3} />}
      {offline && (
        <Note icon="no-network">
          <p>{t("dossier.offline")}</p>
        </Note>
      )}
      {dossier.isError && <ErrorState error={dossier.error} onRetry={() => dossier.refetch()} />}
      {dossier.data && <Mine dossier={dossier.data} />}
    </div>
  );
}

function Mine({ dossier }: { dossier: MyDossier }) {
  const t = useT();
  return (
    <>
      <Standing dossier={dossier} />
      {dossier.note && dossier.mayWrite && (
        <section className="tp-card tp-card--sea" aria-label={t("dossier.note")}>
          <p className="tp-small">{t("dossier.note")}</p>
          <p>
            <OwnWords>{dossier.note}</OwnWords>
          </p>
        </section>
      )}
      {dossier.parts.length === 0 && <p>{t("dossier.over")}</p>}
      {dossier.parts.map((part) => (
        <PartCard
          key={part.competency}
          part={part}
          mayWrite={dossier.mayWrite}
          lacks={dossier.missing.filter(({ competency }) => competency === part.competency)}
        />
      ))}
      {dossier.mayWrite && <HandingIn dossier={dossier} />}
      <Before dossier={dossier} />
    </>
  );
}

/** What school did with the last one, in words. */
function Standing({ dossier }: { dossier: MyDossier }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const takeBack = useTakeBack();
  const last = dossier.handIns[0];
  if (!last || last.state === "withdrawn") return null;
  if (dossier.state === "open" && last.state !== "returned") return null;
  const name = last.closedBy ?? "";
  const school = last.school.name;
  if (last.state === "returned") {
    return (
      <Note tone="wait" icon="ask-back">
        <h2 className="dossier__said">{t("dossier.at.returned", { name })}</h2>
        <p className="tp-quote">
          <OwnWords>{last.reason}</OwnWords>
        </p>
        <QuietLink to={`/dossier/${last.id}`}>{t("dossier.look")}</QuietLink>
      </Note>
    );
  }
  const done = last.state === "done";
  const day = dayInWords(dayOf((done ? last.closedAt : last.handedInAt) ?? last.handedInAt), language);
  const problem = problemOf(takeBack.error);
  return (
    <Note tone={done ? "ok" : "info"} icon={done ? "check" : "school"}>
      <h2 className="dossier__said">{t(done ? "dossier.at.done" : "dossier.at.handed_in", { school })}</h2>
      <p>{t(done ? "dossier.at.done.text" : "dossier.at.handed_in.text", { day, name })}</p>
      {done && last.reason && (
        <p className="tp-quote">
          <OwnWords>{last.reason}</OwnWords>
        </p>
      )}
      {!done && last.opened && <p>{t("dossier.opened")}</p>}
      <div className="tp-row">
        <LinkButton to={`/dossier/${last.id}`} look="secondary" icon="file">
          {t(done ? "dossier.lookDone" : "dossier.look")}
        </LinkButton>
        {!done && !last.opened && (
          <QuietButton
            aria-disabled={takeBack.isPending}
            onClick={() =>
              !takeBack.isPending &&
              takeBack.mutate(last.id, { onSuccess: () => toast({ text: t("dossier.takenBack") }) })
            }
          >
            {t("dossier.takeBack")}
          </QuietButton>
        )}
      </div>
      {takeBack.isError && <p role="alert">{problem?.message ?? t("dossier.failed")}</p>}
    </Note>
  );
}

/** What lacks, in words; or the button. */
function HandingIn({ dossier }: { dossier: MyDossier }) {
  const t = useT();
  const toast = useToast();
  const handIn = useHandIn();
  const [asking, setAsking] = useState(false);
  const [id, setId] = useState(newId);
  const school = dossier.school?.name ?? "";
  const problem = problemOf(handIn.error);
  const go = () =>
    handIn.mutate(id, {
      onSuccess: () => {
        setAsking(false);
        setId(newId());
        toast({ text: t("dossier.handedIn", { school }) });
        scrollTo({ top: 0 });
      },
    });
  return (
    <section className="tp-sheet tp-stack dossier__hand-in" aria-labelledby="hand-in">
      <h2 id="hand-in">{t("dossier.handIn")}</h2>
      {dossier.missing.length > 0 ? (
        <>
          <p>{t("dossier.lacks")}</p>
          <ul className="dossier__lacks">
            {dossier.missing.map((lack) => (
              <li key={`${lack.competency} ${lack.what}`}>
                <a href={`#part-${lack.competency}`}>
                  {t(`dossier.lack.${lack.what}`, lackOf(lack, dossier, t))}
                </a>
              </li>
            ))}
          </ul>
        </>
      ) : (
        <>
          <p>{t("dossier.ready")}</p>
          <Button wide onClick={() => setAsking(true)}>
            {t("dossier.handInAt", { school })}
          </Button>
        </>
      )}
      <Dialog title={t("dossier.sure")} open={asking} onClose={() => setAsking(false)}>
        <div className="tp-stack">
          <p>{t("dossier.sureText", { school })}</p>
          <div role="alert">
            {handIn.isError && (
              <Note tone="wait">
                <p>{problem?.message ?? t("dossier.failed")}</p>
                {problem?.errors.map((error) => (
                  <p key={error.pointer}>{error.detail}</p>
                ))}
              </Note>
            )}
          </div>
          <div className="tp-row">
            <Button busy={handIn.isPending} onClick={go}>
              {t("dossier.sureYes")}
            </Button>
            <QuietButton onClick={() => setAsking(false)}>{t("dossier.notYet")}</QuietButton>
          </div>
        </div>
      </Dialog>
    </section>
  );
}

function lackOf(
  { competency }: MyDossier["missing"][number],
  dossier: MyDossier,
  t: ReturnType<typeof useT>,
): { question: string; more: string } {
  const part = dossier.parts.find((one) => one.competency === competency);
  return { question: t(`competency.${competency}`), more: String((part?.entryIds.length ?? 0) > 0) };
}

function Before({ dossier }: { dossier: MyDossier }) {
  const t = useT();
  const language = useLanguage();
  const shown = dossier.state === "open" ? dossier.handIns : dossier.handIns.slice(1);
  if (shown.length === 0) return null;
  return (
    <section className="tp-stack" aria-labelledby="before">
      <h2 id="before">{t("dossier.before")}</h2>
      <ul className="tp-list">
        {shown.map((one) => (
          <li key={one.id}>
            <QuietLink to={`/dossier/${one.id}`}>
              {t("dossier.line", {
                day: dayInWords(dayOf(one.handedInAt), language),
                school: one.school.name,
                state: t(`dossier.state.${one.state}`),
              })}
            </QuietLink>
          </li>
        ))}
      </ul>
    </section>
  );
}
