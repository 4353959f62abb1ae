import { useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, QuietButton, TextField, useToast } from "~/ui";
import { type Choice, SURES, type Sure } from "~/ui/choiceWords";
import { SureLine, SureSign } from "~/ui/SureLine";
import { useSure, wordsOf } from "./useChoices";

/** How sure one is now, beside how it was: doubting is as good an answer as knowing. */
export function HowSure({ choice }: { choice: Choice }) {
  const t = useT();
  const toast = useToast();
  const { say, takeBack } = useSure(choice);
  const said = choice.sureness.length > 0;
  const [open, setOpen] = useState(!said);
  const [sure, setSure] = useState<Sure>();
  const [words, setWords] = useState("");
  const keep = () => {
    if (sure === undefined) return;
    say.mutate(
      { sure, words: words.trim() },
      {
        onSuccess: (id) => {
          toast({
            text: t("choice.sure.kept", { words: t(`choice.sure.${sure}`) }),
            action: () => takeBack.mutate(id, { onError: (error) => toast({ text: wordsOf(error, t) }) }),
          });
          setOpen(false);
          setSure(undefined);
          setWords("");
        },
        onError: (error) => toast({ text: wordsOf(error, t) }),
      },
    );
  };
  return (
    <section className="tp-card tp-stack" aria-labelledby="how-sure">
      <h2 id="how-sure">{t("choice.sure.ask")}</h2>
      <SureLine sureness={choice.sureness} />
      {open || !said ? (
        <>
          <div className="choices__sures">
            <ChoiceGrid
              label={t("choice.sure.now")}
              hideLabel
              list
              options={SURES.map((one) => ({
                value: String(one),
                label: t(`choice.sure.${one}`),
                sign: <SureSign sure={one} />,
              }))}
              value={sure === undefined ? undefined : String(sure)}
              onChange={(value) => setSure(Number(value) as Sure)}
            />
          </div>
          {sure !== undefined && (
            <>
              <TextField
                label={t("choice.sure.why")}
                value={words}
                maxLength={1000}
                autoComplete="off"
                onChange={({ target }) => setWords(target.value)}
              />
              <div className="tp-row">
                <Button look="secondary" busy={say.isPending} onClick={keep}>
                  {t("choice.keep")}
                </Button>
                <QuietButton
                  onClick={() => {
                    setSure(undefined);
                    setOpen(false);
                  }}
                >
                  {t("ui.cancel")}
                </QuietButton>
              </div>
            </>
          )}
        </>
      ) : (
        <div>
          <Button look="secondary" onClick={() => setOpen(true)}>
            {t("choice.sure.again")}
          </Button>
        </div>
      )}
    </section>
  );
}
