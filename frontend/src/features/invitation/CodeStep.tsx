import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, TextField } from "~/ui";
import { asCode, isWhole } from "./code";
import { Page } from "./Page";

interface Props {
  code: string;
  onChange: (code: string) => void;
  onGo: () => void;
  busy: boolean;
  problem: string | undefined;
  onBack: (() => void) | undefined;
}

/** The code of the letter, for who cannot scan it. */
export function CodeStep({ code, onChange, onGo, busy, problem, onBack }: Props) {
  const t = useT();
  const [short, setShort] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setShort(!isWhole(code));
    if (isWhole(code) && !busy) onGo();
  };
  return (
    <Page
      title={t("invitation.code.title")}
      lead={t("invitation.code.lead")}
      back={onBack && { label: t("invitation.code.back"), onClick: onBack }}
      problem={problem}
    >
      <form className="tp-stack" onSubmit={go} noValidate>
        <TextField
          className="utrecht-textbox utrecht-textbox--html-input invitation__code"
          label={t("invitation.code.label")}
          hint={t("invitation.code.hint")}
          error={short ? t("invitation.code.short") : undefined}
          autoComplete="off"
          autoCapitalize="characters"
          autoCorrect="off"
          spellCheck={false}
          dir="ltr"
          value={code}
          onChange={(event) => {
            setShort(false);
            onChange(asCode(event.target.value));
          }}
        />
        <Button type="submit" wide iconAfter="forward" busy={busy}>
          {t("ui.next")}
        </Button>
      </form>
    </Page>
  );
}
