import { useState } from "react";
import type { Schema } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, daysInWords } from "~/i18n/dates";
import { Button, Dialog, ErrorState, Loading, Note, OwnWords, QuietButton, useToast } from "~/ui";
import { type Share, useAddress, useRevoke } from "./useShowcase";

const RUNS = new Set<Share["state"]>(["waiting", "coming", "open", "locked"]);
const SIGNS = {
  waiting: { tone: "info", icon: "together" },
  coming: { tone: "info", icon: "calendar" },
  open: { tone: "ok", icon: "check" },
  ended: { tone: "info", icon: "wait" },
  revoked: { tone: "info", icon: "cross" },
  refused: { tone: "wait", icon: "info" },
  locked: { tone: "wait", icon: "lock" },
} as const;

/** One link: how it stands, how often it was opened, and stopping it. */
export function ShareCard({ share }: { share: Share }) {
  const t = useT();
  const language = useLanguage();
  const [shown, setShown] = useState(false);
  const name = share.who || t("showcase.someone");
  const runs = RUNS.has(share.state);
  return (
    <article className="tp-card tp-stack" aria-label={t("showcase.linkFor", { who: name })}>
      <div>
        <h3>
          <OwnWords>{name}</OwnWords>
        </h3>
        <p className="tp-small tp-soft">
          {daysInWords(share.startsOn, share.endsOn, language)}
          {share.hasCode && ` · ${t("showcase.hasCode")}`}
        </p>
      </div>
      <Note {...SIGNS[share.state]}>
        <p>{t(`showcase.state.${share.state}`)}</p>
      </Note>
      {share.parentReadsFirst && runs && (
        <Note tone="wait" icon="together">
          <p>{t("showcase.parentReadsFirst")}</p>
        </Note>
      )}
      {share.times > 0 ? (
        <details className="etalage__opened">
          <summary>{t("showcase.times", { count: share.times })}</summary>
          <ul className="tp-list">
            {share.opened.map(({ on, times }) => (
              <li key={on}>
                <span className="tp-grow">{dayInWords(on, language)}</span>
                <span>{t("showcase.timesOn", { count: times })}</span>
              </li>
            ))}
          </ul>
          <p className="tp-small tp-soft">{t("showcase.timesText")}</p>
        </details>
      ) : (
        runs && <p className="tp-small tp-soft">{t("showcase.never")}</p>
      )}
      {runs && (
        <>
          {shown && <Looked id={share.id} />}
          <div className="tp-row">
            {!shown && (
              <QuietButton icon="eye" onClick={() => setShown(true)}>
                {t("showcase.showLink")}
              </QuietButton>
            )}
            <Stop share={share} name={name} />
          </div>
        </>
      )}
    </article>
  );
}

function Looked({ id }: { id: string }) {
  const address = useAddress(id, true);
  if (address.isError) return <ErrorState error={address.error} onRetry={() => address.refetch()} />;
  return address.data ? <Given given={address.data} /> : <Loading cards={1} />;
}

/** The address to give away, and the code that goes by mouth. */
export function Given({ given }: { given: Schema<"ShareAddress"> }) {
  const t = useT();
  const toast = useToast();
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(given.address);
      toast({ text: t("showcase.copied") });
    } catch {
      toast({ text: t("showcase.copyYourself") });
    }
  };
  const send = () => navigator.share({ url: given.address }).catch(() => {});
  return (
    <div className="tp-stack etalage__given">
      <div>
        <p className="tp-label">{t("showcase.address")}</p>
        <p className="etalage__address">
          <bdi dir="ltr">{given.address}</bdi>
        </p>
      </div>
      <div className="tp-row">
        <Button look="secondary" onClick={() => void copy()}>
          {t("showcase.copy")}
        </Button>
        {"share" in navigator && <QuietButton onClick={() => void send()}>{t("showcase.send")}</QuietButton>}
      </div>
      {given.code && (
        <div>
          <p className="tp-label">{t("showcase.code")}</p>
          <p className="etalage__figures">
            <bdi dir="ltr">{`${given.code.slice(0, 3)} ${given.code.slice(3)}`}</bdi>
          </p>
          <p className="tp-small tp-soft">{t("showcase.codeText")}</p>
        </div>
      )}
    </div>
  );
}

function Stop({ share, name }: { share: Share; name: string }) {
  const t = useT();
  const toast = useToast();
  const revoke = useRevoke();
  const [asked, setAsked] = useState(false);
  return (
    <>
      <QuietButton
        icon="cross"
        aria-label={t("showcase.stopOf", { who: name })}
        onClick={() => setAsked(true)}
      >
        {t("showcase.stop")}
      </QuietButton>
      <Dialog title={t("showcase.stopTitle", { who: name })} open={asked} onClose={() => setAsked(false)}>
        <p>{t("showcase.stopText")}</p>
        <div className="tp-row">
          <Button
            busy={revoke.isPending}
            onClick={() =>
              revoke.mutate(share.id, {
                onSuccess: () => {
                  setAsked(false);
                  toast({ text: t("showcase.stopped", { who: name }) });
                },
                onError: () => toast({ text: t("showcase.failed") }),
              })
            }
          >
            {t("showcase.stop")}
          </Button>
          <QuietButton onClick={() => setAsked(false)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </>
  );
}
