import { type FormEvent, useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import type { FactorDue, Me } from "~/session";
import { Button, Note, PasswordField, QuietButton, TextField } from "~/ui";
import { passkeysWork } from "./passkeys";
import { inWords, useGive, type Way } from "./useFactors";

interface Props {
  ways: readonly Way[];
  onGiven: (who: Me | FactorDue) => void;
}

/** Passkey, code of an app, or a recovery code: one at a time, the easiest first. */
export function Give({ ways, onGiven }: Props) {
  const t = useT();
  const give = useGive();
  const possible = ways.filter((way) => way !== "passkey" || passkeysWork());
  const [way, setWay] = useState<Way | undefined>(possible[0]);
  const [code, setCode] = useState("");
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (way) form.current?.querySelector<HTMLElement>("input, button[type=submit]")?.focus();
  }, [way]);

  const again = () => {
    setCode("");
    form.current?.querySelector("input")?.focus();
  };
  const go = (event: FormEvent) => {
    event.preventDefault();
    if (!way || give.isPending || (way !== "passkey" && code.trim() === "")) return;
    give.mutate({ way, code }, { onSuccess: onGiven, onError: again });
  };
  const choose = (other: Way) => {
    give.reset();
    setCode("");
    setWay(other);
  };

  return (
    <form ref={form} className="tp-stack" onSubmit={go} noValidate>
      <div role="alert">
        {give.isError && (
          <Note tone="wait">
            <p>{inWords(give.error, t)}</p>
          </Note>
        )}
      </div>
      {way === "passkey" && <p>{t("factor.passkey.hint")}</p>}
      {way === "app" && (
        <TextField
          className="utrecht-textbox utrecht-textbox--html-input factor__code"
          label={t("factor.app.code")}
          hint={t("factor.app.hint")}
          inputMode="numeric"
          autoComplete="one-time-code"
          pattern="[0-9 ]*"
          maxLength={7}
          value={code}
          onChange={(event) => setCode(event.target.value.replace(/[^\d ]/gu, ""))}
        />
      )}
      {way === "recovery_code" && (
        <TextField
          className="utrecht-textbox utrecht-textbox--html-input factor__recovery"
          label={t("factor.recovery.code")}
          hint={t("factor.recovery.hint")}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          maxLength={40}
          dir="ltr"
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      {way === "password" && (
        <PasswordField
          label={t("signIn.password")}
          maxLength={200}
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      )}
      {way === undefined && (
        <Note>
          <p>{t("factor.none")}</p>
        </Note>
      )}
      {way && (
        <Button type="submit" wide busy={give.isPending} icon={way === "passkey" ? "lock" : undefined}>
          {t(way === "passkey" ? "factor.passkey.use" : "ui.next")}
        </Button>
      )}
      <div className="factor__others">
        {possible
          .filter((other) => other !== way)
          .map((other) => (
            <QuietButton key={other} onClick={() => choose(other)}>
              {t(`factor.way.${other}`)}
            </QuietButton>
          ))}
      </div>
    </form>
  );
}
