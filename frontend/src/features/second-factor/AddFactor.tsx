import { type FormEvent, useEffect, useRef, useState } from "react";
import type { Schema } from "~/api/client";
import { useT } from "~/i18n";
import { asksFresh, useFresh } from "~/session/fresh";
import { Button, Icon, Note, QuietButton, TextField } from "~/ui";
import { passkeysWork } from "./passkeys";
import { inWords, type NewFactor, useAddApp, useAddPasskey, useStartApp } from "./useFactors";

interface Props {
  onAdded: (made: NewFactor) => void;
}

/** A passkey, or an app with codes: two large choices, and what follows. */
export function AddFactor({ onAdded }: Props) {
  const t = useT();
  const fresh = useFresh();
  const passkey = useAddPasskey();
  const start = useStartApp();
  const problem = passkey.error ?? start.error;

  const addPasskey = () => {
    start.reset();
    passkey.mutate(t("factor.name.passkey"), {
      onSuccess: onAdded,
      onError: (error) => fresh(error, addPasskey),
    });
  };
  const startApp = () => {
    passkey.reset();
    start.mutate(undefined, { onError: (error) => fresh(error, startApp) });
  };

  if (start.data) return <ConfirmApp app={start.data} onAdded={onAdded} onBack={start.reset} />;
  return (
    <div className="tp-stack">
      <div role="alert">
        {problem && !asksFresh(problem) && (
          <Note tone="wait">
            <p>{inWords(problem, t)}</p>
          </Note>
        )}
      </div>
      {passkeysWork() && (
        <button
          type="button"
          className="tp-choice__option factor__way"
          onClick={addPasskey}
          disabled={passkey.isPending}
        >
          <Icon name="lock" />
          <span>
            {t("factor.add.passkey")}
            <span className="tp-choice__hint">{t("factor.add.passkeyHint")}</span>
          </span>
        </button>
      )}
      <button
        type="button"
        className="tp-choice__option factor__way"
        onClick={startApp}
        disabled={start.isPending}
      >
        <Icon name="wait" />
        <span>
          {t("factor.add.app")}
          <span className="tp-choice__hint">{t("factor.add.appHint")}</span>
        </span>
      </button>
      {!passkeysWork() && <p className="tp-small tp-soft">{t("factor.add.noPasskey")}</p>}
    </div>
  );
}

interface ConfirmProps extends Props {
  app: Schema<"AppSecret">;
  onBack: () => void;
}

function ConfirmApp({ app, onAdded, onBack }: ConfirmProps) {
  const t = useT();
  const fresh = useFresh();
  const add = useAddApp();
  const [code, setCode] = useState("");
  const first = useRef<HTMLParagraphElement>(null);
  useEffect(() => first.current?.focus(), []);
  const save = () =>
    add.mutate(
      { name: t("factor.name.app"), code },
      {
        onSuccess: onAdded,
        onError: (error) => {
          if (asksFresh(error)) fresh(error, save);
          else setCode("");
        },
      },
    );
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (add.isPending || code.trim() === "") return;
    save();
  };
  return (
    <form className="tp-stack" onSubmit={go} noValidate>
      <p ref={first} tabIndex={-1}>
        {t("factor.app.scan")}
      </p>
      <img className="factor__qr" src={app.qr} alt={t("factor.app.qr")} />
      <p className="tp-small">
        {t("factor.app.secret")}{" "}
        <code className="factor__secret" dir="ltr">
          {app.secret}
        </code>
      </p>
      <div role="alert">
        {add.isError && !asksFresh(add.error) && (
          <Note tone="wait">
            <p>{inWords(add.error, t)}</p>
          </Note>
        )}
      </div>
      <TextField
        className="utrecht-textbox utrecht-textbox--html-input factor__code"
        label={t("factor.app.confirm")}
        inputMode="numeric"
        autoComplete="one-time-code"
        maxLength={7}
        value={code}
        onChange={(event) => setCode(event.target.value.replace(/[^\d ]/gu, ""))}
      />
      <Button type="submit" wide busy={add.isPending}>
        {t("factor.app.add")}
      </Button>
      <QuietButton icon="back" onClick={onBack}>
        {t("factor.add.other")}
      </QuietButton>
    </form>
  );
}
