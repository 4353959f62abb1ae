import { useState } from "react";
import { useT } from "~/i18n";
import { Button, QuietLink, useToast } from "~/ui";
import { StepForm } from "./StepForm";
import { useNewStep } from "./useSteps";

/** Beside one's own story: what small thing comes next? Nobody has to. */
export default function StepFromStory({ entryId }: { entryId: string }) {
  const t = useT();
  const toast = useToast();
  const make = useNewStep();
  const [open, setOpen] = useState(false);
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="next-step">
      <h2 id="next-step">{t("steps.next")}</h2>
      {open ? (
        <StepForm
          entryId={entryId}
          label={t("steps.ask")}
          keep={t("steps.keep")}
          onKeep={async (content) => {
            await make(content);
            toast({ text: t("steps.kept", { text: content.text }) });
            setOpen(false);
          }}
          onCancel={() => setOpen(false)}
        />
      ) : (
        <div className="tp-row">
          <Button look="secondary" icon="plus" onClick={() => setOpen(true)}>
            {t("steps.new")}
          </Button>
          <QuietLink to="/stappen">{t("steps.title")}</QuietLink>
        </div>
      )}
      <p className="tp-small tp-soft">{t("steps.onlyYou")}</p>
    </section>
  );
}
