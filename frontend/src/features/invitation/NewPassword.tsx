import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, PasswordField } from "~/ui";
import { Page } from "./Page";
import { fieldInWords, problemInWords, useNewPassword } from "./useInvitation";

interface Props {
  code: string;
  back: { label: string; onClick: () => void };
  onDone: () => void;
}

/** Forgotten: a new password with the code of the school. */
export function NewPassword({ code, back, onDone }: Props) {
  const t = useT();
  const renew = useNewPassword();
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (password !== "") renew.mutate({ code, password, device: "own" }, { onSuccess: onDone });
  };
  const missing = tried && password === "" ? t("invitation.missing") : undefined;
  return (
    <Page
      title={t("invitation.reset.title")}
      lead={t("invitation.reset.lead")}
      back={back}
      problem={problemInWords(renew.error, t)}
    >
      <form className="tp-stack" onSubmit={go} noValidate>
        <PasswordField
          label={t("invitation.password")}
          hint={t("invitation.password.hint")}
          autoComplete="new-password"
          maxLength={200}
          value={password}
          error={missing ?? fieldInWords(renew.error, "/password", t)}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button type="submit" wide busy={renew.isPending}>
          {t("invitation.reset.go")}
        </Button>
      </form>
    </Page>
  );
}
