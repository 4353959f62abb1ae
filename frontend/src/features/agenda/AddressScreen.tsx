import { useRef, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { useMe } from "~/session";
import {
  Button,
  Dialog,
  ErrorState,
  Field,
  Icon,
  Loading,
  Note,
  QuietButton,
  QuietLink,
  useToast,
} from "~/ui";
import { useFeed, useRenew, useWithdraw } from "./useAgenda";
import "./agenda.css";

const APPS = ["iphone", "google", "outlook"] as const;

/** The agenda in one's own calendar app: an address that is shown once, renewed or withdrawn. */
export default function AddressScreen() {
  const t = useT();
  const me = useMe();
  const feed = useFeed();
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to="/agenda" icon="back">
          {t("agenda.title")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("agenda.own.title")}</h1>
      <p>{t("agenda.own.text")}</p>
      {feed.isPending && <Loading cards={1} />}
      {feed.isError && <ErrorState error={feed.error} onRetry={() => feed.refetch()} />}
      {feed.isSuccess && <Standing madeAt={feed.data} />}
      <section className="tp-card tp-card--sea tp-stack" aria-labelledby="who-sees">
        <h2 id="who-sees">{t("agenda.own.whoSees")}</h2>
        <p>{t("agenda.own.whoSeesText")}</p>
        {me.pupil && <p>{t("agenda.own.whoSeesSteps")}</p>}
      </section>
    </div>
  );
}

/** No address yet, one that was made before, or the new one in full. */
function Standing({ madeAt }: { madeAt: string | null }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const renew = useRenew();
  const withdraw = useWithdraw();
  const [asking, setAsking] = useState<"renew" | "withdraw" | null>(null);
  const since = madeAt ? dayInWords(dayOf(madeAt), language) : "";
  const [address, setAddress] = useState<string | null>(null);
  const failed = renew.error ?? withdraw.error;
  const make = async () => setAddress((await renew.mutateAsync()).address);
  const go = async () => {
    if (asking === "withdraw") {
      await withdraw.mutateAsync();
      setAddress(null);
      toast({ text: t("agenda.own.withdrawn") });
    } else await make();
    setAsking(null);
  };
  const problem = failed && (
    <p role="alert">{failed instanceof ApiProblem ? failed.message : t("ui.error.unknown")}</p>
  );
  if (!madeAt)
    return (
      <>
        <p>
          <Button icon="calendar" busy={renew.isPending} onClick={make}>
            {t("agenda.own.make")}
          </Button>
        </p>
        {problem}
      </>
    );
  return (
    <>
      {address ? (
        <NewAddress address={address} />
      ) : (
        <Note tone="ok" icon="check">
          <p>{t("agenda.own.since", { day: since })}</p>
          <p>{t("agenda.own.sinceHint")}</p>
        </Note>
      )}
      <div className="tp-row">
        <Button look="secondary" icon="turn-around" onClick={() => setAsking("renew")}>
          {t("agenda.own.renew")}
        </Button>
        <QuietButton onClick={() => setAsking("withdraw")}>{t("agenda.own.withdraw")}</QuietButton>
      </div>
      <Dialog
        title={t(asking === "withdraw" ? "agenda.own.withdraw" : "agenda.own.renew")}
        open={asking !== null}
        onClose={() => setAsking(null)}
      >
        <div className="tp-stack">
          <p>{t("agenda.own.ends", { day: since })}</p>
          {problem}
          <Button busy={renew.isPending || withdraw.isPending} onClick={go}>
            {t(asking === "withdraw" ? "agenda.own.withdraw" : "agenda.own.renew")}
          </Button>
          <QuietButton onClick={() => setAsking(null)}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
    </>
  );
}

function NewAddress({ address }: { address: string }) {
  const t = useT();
  const field = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState<boolean | null>(null);
  const copy = async () => {
    field.current?.select();
    setCopied(
      await navigator.clipboard.writeText(address).then(
        () => true,
        () => false,
      ),
    );
  };
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="new-address">
      <h2 id="new-address">{t("agenda.own.here")}</h2>
      <Field label={t("agenda.own.address")} hint={t("agenda.own.once")}>
        {(control) => (
          <input
            {...control}
            ref={field}
            readOnly
            dir="ltr"
            className="utrecht-textbox utrecht-textbox--html-input"
            value={address}
            onFocus={(event) => event.target.select()}
          />
        )}
      </Field>
      <div className="tp-row">
        <Button onClick={copy}>{t("agenda.own.copy")}</Button>
        <a className="tp-quiet" href={address.replace(/^https?:/, "webcal:")}>
          <Icon name="calendar" />
          <span>{t("agenda.own.open")}</span>
        </a>
      </div>
      <p role="status">{copied !== null && t(copied ? "agenda.own.copied" : "agenda.own.copyYourself")}</p>
      <div className="tp-stack agenda__apps">
        <h3>{t("agenda.own.how")}</h3>
        {APPS.map((app) => (
          <details key={app}>
            <summary>{t(`agenda.own.${app}`)}</summary>
            <p>{t(`agenda.own.${app}Text`)}</p>
          </details>
        ))}
        <p className="tp-small tp-soft">{t("agenda.own.slow")}</p>
      </div>
    </section>
  );
}
