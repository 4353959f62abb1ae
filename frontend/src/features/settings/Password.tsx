import { type FormEvent, useState } from "react";
import { ApiProblem } from "~/api/client";
import { type MessageId, type Translate, useT } from "~/i18n";
import { Button, Dialog, Note, PasswordField, useToast } from "~/ui";
import { useChangePassword } from "./useSettings";

/** The own password, changed by who knows the old one. */
export function Password() {
  const t = useT();
  const [open, setOpen] = useState(false);
  const close = () => setOpen(false);
  return (
    <section className="tp-card tp-stack" aria-labelledby="password">
      <h2 id="password">{t("settings.password")}</h2>
      <div>
        <Button look="secondary" icon="lock" onClick={() => setOpen(true)}>
          {t("settings.password.change")}
        </Button>
      </div>
      <Dialog title={t("settings.password.change")} open={open} onClose={close}>
        <ChangeForm onDone={close} />
      </Dialog>
    </section>
  );
}

function ChangeForm({ onDone }: { onDone: () => void }) {
  const t = useT();
  const toast = useToast();
  const change = useChangePassword();
  const [current, setCurrent] = useState("");
  const [password, setPassword] = useState("");
  const [tried, setTried] = useState(false);
  const save = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (current === "" || password === "") return;
    change.mutate(
      { current, password },
      {
        onSuccess: () => {
          toast({ text: t("settings.password.saved") });
          onDone();
        },
      },
    );
  };
  const missing = (value: string) => (tried && value === "" ? t("settings.password.missing") : undefined);
  const problem = whole(change.error, t);
  return (
    <form className="tp-stack" onSubmit={save} noValidate>
      <div role="alert">
        {problem && (
          <Note tone="wait">
            <p>{problem}</p>
          </Note>
        )}
      </div>
      <PasswordField
        label={t("settings.password.current")}
        maxLength={200}
        value={current}
        error={missing(current) ?? wrong(change.error, "/current", t)}
        onChange={(event) => setCurrent(event.target.value)}
      />
      <PasswordField
        label={t("settings.password.new")}
        hint={t("settings.password.hint")}
        autoComplete="new-password"
        maxLength={200}
        value={password}
        error={missing(password) ?? wrong(change.error, "/password", t)}
        onChange={(event) => setPassword(event.target.value)}
      />
      <p className="tp-small tp-soft">{t("settings.password.others")}</p>
      <Button type="submit" wide busy={change.isPending}>
        {t("settings.password.save")}
      </Button>
    </form>
  );
}

const WRONG: Record<string, MessageId> = {
  password_differs: "settings.password.differs",
  password_short: "settings.password.short",
  password_common: "settings.password.common",
  password_own_name: "settings.password.ownName",
};

function wrong(problem: unknown, pointer: string, t: Translate): string | undefined {
  const field =
    problem instanceof ApiProblem ? problem.errors.find((each) => each.pointer === pointer) : undefined;
  const known = field && WRONG[field.code];
  return known ? t(known) : field?.detail;
}

function whole(problem: unknown, t: Translate): string | undefined {
  if (problem == null || (problem instanceof ApiProblem && problem.status === 422)) return undefined;
  if (problem instanceof ApiProblem && problem.status === 429) {
    return t("signIn.wait", { minutes: Math.max(1, Math.ceil((problem.retryAfter ?? 60) / 60)) });
  }
  return t("settings.failed");
}
