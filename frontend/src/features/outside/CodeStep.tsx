import { type FormEvent, useState } from "react";
import { useT } from "~/i18n";
import { Button, Note, QuietButton, TextField, useToast } from "~/ui";
import { Frame } from "./Frame";
import { inWords, useProve } from "./useOutside";

const FIGURES = 6;

/** Figures alone, of whatever script. */
function figuresOf(typed: string): string {
  return typed.replace(/[^\p{Nd}]/gu, "").slice(0, FIGURES);
}

interface Props {
  onOpen: () => void;
  onAgain: () => void;
  again: { isPending: boolean; isSuccess: boolean; error: unknown; submittedAt: number };
}

/** The code of the mail. */
export function CodeStep({ onOpen, onAgain, again }: Props) {
  const t = useT();
  const toast = useToast();
  const prove = useProve();
  const [code, setCode] = useState("");
  const [short, setShort] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setShort(code.length < FIGURES);
    if (code.length === FIGURES && !prove.isPending) prove.mutate(code, { onSuccess: onOpen });
  };
  const problem = prove.error ?? again.error;
  return (
    <Frame title={t("outside.code.title")} lead={t("outside.code.lead")}>
      <div role="alert">
        {problem ? (
          <Note tone="wait">
            <p>{t(inWords(problem))}</p>
          </Note>
        ) : null}
      </div>
      <form className="tp-stack" onSubmit={go} noValidate>
        <TextField
          className="utrecht-textbox utrecht-textbox--html-input outside__code"
          label={t("outside.code.label")}
          hint={t("outside.code.hint")}
          error={short ? t("outside.problem.short") : undefined}
          autoComplete="one-time-code"
          inputMode="numeric"
          value={code}
          onChange={({ target }) => {
            setShort(false);
            setCode(figuresOf(target.value));
          }}
        />
        <div className="tp-row">
          <Button type="submit" iconAfter="forward" busy={prove.isPending}>
            {t("outside.code.open")}
          </Button>
          <QuietButton
            onClick={() => {
              prove.reset();
              setCode("");
              onAgain();
              toast({ text: t("outside.code.sentAgain") });
            }}
          >
            {t("outside.code.again")}
          </QuietButton>
        </div>
      </form>
    </Frame>
  );
}
