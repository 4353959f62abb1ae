import { useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf, recently } from "~/i18n/dates";
import { useMe, useSignOut } from "~/session";
import { useSchoolAccounts } from "~/session/schoolAccounts";
import { Button, Chip, Dialog, ErrorState, QuietButton, useToast } from "~/ui";
import "./settings.css";
import { type Session, useEndSession, useSessions } from "./useSettings";

type Props = {
  /** How many drafts on this device did not reach the school yet. */
  unsaved: number;
};

/** Where one is signed in, and signing out: there, here, or everywhere. */
export function Sessions({ unsaved }: Props) {
  const t = useT();
  const toast = useToast();
  const sessions = useSessions();
  const signOut = useSignOut();
  const [leaving, setLeaving] = useState<"here" | "everywhere" | null>(null);

  const leave = async (where: "here" | "everywhere") => {
    try {
      await signOut(where === "everywhere");
    } catch {
      setLeaving(null);
      toast({ text: t("settings.failed") });
    }
  };
  const ask = (where: "here" | "everywhere") => (unsaved > 0 ? setLeaving(where) : leave(where));

  return (
    <section className="tp-card tp-stack" aria-labelledby="sessions">
      <h2 id="sessions">{t("settings.sessions")}</h2>
      {sessions.isError && <ErrorState error={sessions.error} onRetry={() => sessions.refetch()} />}
      <ul className="tp-list settings__sessions">
        {sessions.data?.map((session) => (
          <OneSession key={session.id} session={session} />
        ))}
      </ul>
      <div className="tp-row">
        <Button look="secondary" icon="leave" onClick={() => ask("here")}>
          {t("settings.signOut")}
        </Button>
        <QuietButton onClick={() => ask("everywhere")}>{t("settings.signOutAll")}</QuietButton>
      </div>
      <Dialog title={t("settings.signOut")} open={leaving !== null} onClose={() => setLeaving(null)}>
        <p>{t("settings.signOutUnsaved")}</p>
        <Button onClick={() => setLeaving(null)}>{t("settings.stay")}</Button>
        <QuietButton onClick={() => leaving && leave(leaving)}>{t("settings.signOutAnyway")}</QuietButton>
      </Dialog>
    </section>
  );
}

function OneSession({ session }: { session: Session }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const end = useEndSession();
  const { schoolAccount } = useMe();
  const school = useSchoolAccounts().find((provider) => provider.id === schoolAccount);
  return (
    <li>
      <div className="tp-grow">
        <p>
          <b>{session.label}</b>{" "}
          <span className="tp-soft">
            {t(session.device === "own" ? "settings.sessionOwn" : "settings.sessionShared")}
          </span>
        </p>
        <p className="tp-small tp-soft">
          {t("settings.sessionSince", {
            day: dayInWords(dayOf(session.createdAt), language),
            last: recently(dayOf(session.lastSeenAt), language),
          })}
        </p>
        {session.current && school && (
          <p className="tp-small tp-soft">{t("settings.sessionSchool", { name: school.name })}</p>
        )}
      </div>
      {session.current ? (
        <Chip tone="ok">{t("settings.sessionHere")}</Chip>
      ) : (
        <QuietButton
          aria-label={t("settings.sessionEndOf", { label: session.label })}
          onClick={() =>
            end.mutate(session.id, {
              onSuccess: () => toast({ text: t("settings.sessionEnded") }),
              onError: () => toast({ text: t("settings.failed") }),
            })
          }
        >
          {t("settings.sessionEnd")}
        </QuietButton>
      )}
    </li>
  );
}
