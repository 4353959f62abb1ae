import { type FormEvent, useEffect, useRef, useState } from "react";
import { useT } from "~/i18n";
import { Button, ChoiceGrid, Note, TextArea, useToast } from "~/ui";
import { type Closing, type HandIn, problemOf, useClose } from "./useDossier";

const MAX = 2_000;

/** The dean closes it as good, or gives it back with a reason. What was written stays when somebody else was first. */
export function ClosePanel({ handIn }: { handIn: HandIn }) {
  const t = useT();
  const toast = useToast();
  const close = useClose(handIn);
  const name = handIn.snapshot.pupil.givenName;
  const [outcome, setOutcome] = useState<Closing["outcome"]>();
  const [reason, setReason] = useState("");
  const [empty, setEmpty] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const problem = problemOf(close.error);
  const outdated = problem?.status === 412 || problem?.type.endsWith("dossier-closed");
  // Once it is closed by somebody else there is nothing to send any more, and one's own words can still be copied.
  const kept = !handIn.rights.close && outdated && reason !== "";

  useEffect(() => {
    if (empty) form.current?.querySelector("textarea")?.focus();
  }, [empty]);

  if (!handIn.rights.close && !kept) return null;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!outcome) return;
    const missing = outcome === "returned" && reason.trim() === "";
    setEmpty(missing);
    if (missing) return;
    try {
      await close.mutateAsync({ outcome, reason: reason.trim() });
    } catch {
      return;
    }
    toast({ text: t(outcome === "done" ? "dossier.close.isDone" : "dossier.close.isReturned", { name }) });
  };

  return (
    <form ref={form} className="tp-sheet tp-stack" onSubmit={submit} noValidate aria-labelledby="close">
      <h2 id="close" className="dossier__panel">
        {t("dossier.close")}
      </h2>
      <div role="alert">
        {close.isError && (
          <Note tone="wait">
            <p>{outdated ? t("dossier.close.meanwhile") : (problem?.message ?? t("dossier.failed"))}</p>
          </Note>
        )}
      </div>
      {handIn.rights.close && (
        <ChoiceGrid
          label={t("dossier.close.choose")}
          list
          value={outcome}
          onChange={setOutcome}
          options={[
            { value: "done", label: t("dossier.close.done"), hint: t("dossier.close.doneHint") },
            {
              value: "returned",
              label: t("dossier.close.returned"),
              hint: t("dossier.close.returnedHint", { name }),
            },
          ]}
        />
      )}
      {(outcome || kept) && (
        <TextArea
          label={t(outcome === "returned" ? "dossier.close.reason" : "dossier.close.words", { name })}
          hint={t(outcome === "returned" ? "dossier.close.reasonHint" : "dossier.close.text", { name })}
          rows={4}
          maxLength={MAX}
          value={reason}
          readOnly={kept}
          onChange={({ target }) => {
            setReason(target.value);
            setEmpty(false);
          }}
          error={empty ? t("dossier.close.reasonMissing", { name }) : problem?.at("/reason")}
        />
      )}
      {outcome && handIn.rights.close && (
        <Button type="submit" wide busy={close.isPending}>
          {t(outcome === "done" ? "dossier.close.doneGo" : "dossier.close.returnedGo")}
        </Button>
      )}
    </form>
  );
}
