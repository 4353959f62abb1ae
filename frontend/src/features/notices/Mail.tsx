import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { type Translate, useT } from "~/i18n";
import { Button, ErrorState, Note, QuietButton, TextField, useToast } from "~/ui";
import { useAskAddress, useConfirm, useForgetAddress, useMail, useWeekly } from "./useMail";

/** The weekly mail: an address, its code, on and off. */
export function Mail() {
  const t = useT();
  const mail = useMail();
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="mail">
      <h2 id="mail">{t("notices.mail.title")}</h2>
      <p>{t("notices.mail.intro")}</p>
      {mail.isError && <ErrorState error={mail.error} onRetry={() => mail.refetch()} />}
      {mail.data && <State {...mail.data} />}
    </section>
  );
}

type MailState = NonNullable<ReturnType<typeof useMail>["data"]>;

function State({ mails, address, pending, weekly, stoppedAt }: MailState) {
  const t = useT();
  const [other, setOther] = useState(false);
  if (!mails && !address) return <p>{t("notices.mail.none")}</p>;
  if (pending && !other) return <Code address={pending} onOther={() => setOther(true)} />;
  if (!address || other || stoppedAt) {
    return (
      <>
        {address && stoppedAt && (
          <Note tone="wait">
            <p>{t("notices.mail.stopped", { address })}</p>
          </Note>
        )}
        <Address before={stoppedAt ? (address ?? "") : ""} onAsked={() => setOther(false)} />
      </>
    );
  }
  return <Known address={address} weekly={weekly} onOther={() => setOther(true)} />;
}

function Address({ before, onAsked }: { before: string; onAsked: () => void }) {
  const t = useT();
  const ask = useAskAddress();
  const [address, setAddress] = useState(before);
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const typed = address.trim();
    setMissing(!/^\S+@\S+\.\S+$/.test(typed));
    if (/^\S+@\S+\.\S+$/.test(typed)) ask.mutate(typed, { onSuccess: onAsked });
  };
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <TextField
        label={t("notices.mail.address")}
        hint={t("notices.mail.address.hint")}
        type="email"
        autoComplete="email"
        inputMode="email"
        dir="ltr"
        maxLength={254}
        value={address}
        onChange={({ target }) => setAddress(target.value)}
        error={missing ? t("notices.mail.address.missing") : problemOf(ask.error, t, "address")}
      />
      <Button type="submit" busy={ask.isPending}>
        {t("notices.mail.send")}
      </Button>
    </form>
  );
}

function Code({ address, onOther }: { address: string; onOther: () => void }) {
  const t = useT();
  const toast = useToast();
  const confirm = useConfirm();
  const ask = useAskAddress();
  const [code, setCode] = useState("");
  const [missing, setMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setMissing(code.trim() === "");
    if (code.trim() === "") return;
    confirm.mutate(code, { onSuccess: () => toast({ text: t("notices.mail.confirmed", { address }) }) });
  };
  return (
    <form className="tp-stack" onSubmit={submit} noValidate>
      <p role="status">{t("notices.mail.pending", { address })}</p>
      <TextField
        label={t("notices.mail.code")}
        hint={t("notices.mail.code.hint")}
        inputMode="numeric"
        autoComplete="one-time-code"
        dir="ltr"
        maxLength={20}
        value={code}
        onChange={({ target }) => setCode(target.value)}
        error={missing ? t("notices.mail.code.missing") : problemOf(confirm.error, t, "code")}
      />
      <Button type="submit" busy={confirm.isPending}>
        {t("notices.mail.confirm")}
      </Button>
      <div className="tp-row">
        <QuietButton
          onClick={() => ask.mutate(address, { onError: () => toast({ text: t("notices.failed") }) })}
        >
          {t("notices.mail.again")}
        </QuietButton>
        <QuietButton onClick={onOther}>{t("notices.mail.other")}</QuietButton>
      </div>
    </form>
  );
}

function Known({ address, weekly, onOther }: { address: string; weekly: boolean; onOther: () => void }) {
  const t = useT();
  const toast = useToast();
  const turn = useWeekly();
  const forget = useForgetAddress();
  const failed = () => toast({ text: t("notices.failed") });
  return (
    <>
      <p>
        <b>{t(weekly ? "notices.mail.goes" : "notices.mail.isOff", { address })}</b>
      </p>
      <div className="tp-row">
        <Button
          look="secondary"
          busy={turn.isPending}
          onClick={() =>
            turn.mutate(!weekly, {
              onError: failed,
              onSuccess: () =>
                toast({
                  text: t("notices.mail.turned", { on: weekly ? "no" : "yes" }),
                  action: () => turn.mutate(weekly),
                }),
            })
          }
        >
          {t(weekly ? "notices.mail.off" : "notices.mail.on")}
        </Button>
        <QuietButton onClick={onOther}>{t("notices.mail.other")}</QuietButton>
        <QuietButton
          onClick={() =>
            forget.mutate(undefined, {
              onError: failed,
              onSuccess: () => toast({ text: t("notices.mail.forgotten", { address }) }),
            })
          }
        >
          {t("notices.mail.forget")}
        </QuietButton>
      </div>
    </>
  );
}

/** What the server says of the field, or of the whole. */
function problemOf(error: unknown, t: Translate, field: "address" | "code"): string | undefined {
  if (error == null) return undefined;
  if (!(error instanceof ApiProblem)) return t("notices.failed");
  const own = error.errors.find(({ pointer }) => pointer === `/${field}`);
  if (own && own.code !== "invalid") return own.detail;
  if (own) return t(`notices.mail.${field}.missing`);
  return error.message;
}
