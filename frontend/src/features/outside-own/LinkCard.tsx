import { useState } from "react";
import { Link as To } from "wouter";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { Button, Dialog, Note, OwnWords, QuietButton, useToast } from "~/ui";
import { AnswerCard } from "./AnswerCard";
import { type Link, saidByServer, useMailAgain, useWithdraw } from "./useLinks";

const RUNS = new Set<Link["state"]>(["waiting", "ready", "sent", "bounced", "closed"]);
const MAILS = new Set<Link["state"]>(["ready", "sent", "bounced"]);
const SIGNS = {
  waiting: { tone: "info", icon: "wait" },
  ready: { tone: "info", icon: "forward" },
  sent: { tone: "info", icon: "wait" },
  bounced: { tone: "wait", icon: "info" },
  answered: { tone: "ok", icon: "check" },
  closed: { tone: "wait", icon: "eye-off" },
  expired: { tone: "info", icon: "wait" },
  withdrawn: { tone: "info", icon: "cross" },
  refused: { tone: "wait", icon: "info" },
  decided: { tone: "ok", icon: "check" },
} as const;

/** One person who was asked, how that stands, and what came back. `about`: with the story it is about. */
export function LinkCard({ link, about }: { link: Link; about?: boolean }) {
  const t = useT();
  const language = useLanguage();
  const decided = link.state === "decided" && link.answer !== null;
  return (
    <article className="tp-card tp-stack" aria-label={link.who}>
      <div>
        <h3>
          <OwnWords>{link.who}</OwnWords>
        </h3>
        {link.to && (
          <p className="tp-small tp-soft outside-own__address">
            <bdi>{link.to}</bdi>
          </p>
        )}
        {about && (
          <p className="tp-small">
            <To href={`/verhaal/${link.entryId}`}>{link.entryTitle}</To>
          </p>
        )}
      </div>
      {!decided && link.state !== "answered" && (
        <Note {...SIGNS[link.state]}>
          <p>{t(`outsideOwn.state.${link.state}`)}</p>
          {link.state === "waiting" && (
            <ul>
              {link.needs.map(({ side, answer }) => (
                <li key={side}>{t(`outsideOwn.needs.${side}`, { answer: answer ?? "none" })}</li>
              ))}
            </ul>
          )}
        </Note>
      )}
      {link.answer && <AnswerCard link={link} answer={link.answer} />}
      {RUNS.has(link.state) && (
        <>
          <p className="tp-small tp-soft">
            {t("outsideOwn.until", { day: dayInWords(link.until, language) })}
          </p>
          <Ways link={link} />
        </>
      )}
    </article>
  );
}

function Ways({ link }: { link: Link }) {
  const t = useT();
  const toast = useToast();
  const again = useMailAgain();
  const withdraw = useWithdraw();
  const [asked, setAsked] = useState(false);
  const failed = (error: unknown) => toast({ text: saidByServer(error) ?? t("outsideOwn.failed") });
  const end = () =>
    withdraw.mutate(link.id, {
      onSuccess: () => {
        setAsked(false);
        toast({ text: t("outsideOwn.withdrawn", { who: link.who }) });
      },
      onError: failed,
    });
  return (
    <div className="tp-row">
      {MAILS.has(link.state) && (
        <Button
          look="secondary"
          busy={again.isPending}
          onClick={() =>
            again.mutate(link.id, {
              onSuccess: () => toast({ text: t("outsideOwn.mailedAgain", { to: link.to ?? "" }) }),
              onError: failed,
            })
          }
        >
          {t("outsideOwn.again")}
        </Button>
      )}
      <QuietButton
        icon="cross"
        aria-label={t("outsideOwn.withdrawOf", { who: link.who })}
        onClick={() => setAsked(true)}
      >
        {t("outsideOwn.withdraw")}
      </QuietButton>
      <Dialog title={t("outsideOwn.withdraw.title")} open={asked} onClose={() => setAsked(false)}>
        <p>{t("outsideOwn.withdraw.text", { who: link.who })}</p>
        <div className="tp-row">
          <Button busy={withdraw.isPending} onClick={end}>
            {t("outsideOwn.withdraw")}
          </Button>
          <QuietButton onClick={() => setAsked(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </div>
  );
}
