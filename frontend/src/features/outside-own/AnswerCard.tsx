import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, Dialog, Note, QuietButton, useToast } from "~/ui";
import { type Answer, type Decision, type Link, useDecide } from "./useLinks";
import { WordsSaid } from "./WordsSaid";

const STANDS = {
  accepted: "outsideOwn.answer.accepted",
  left_out: "outsideOwn.answer.leftOut",
  hidden: "outsideOwn.answer.hidden",
} as const;

/** What somebody wrote, and the pupil's choice: take it in, leave it out, or not want it. */
export function AnswerCard({ link, answer }: { link: Link; answer: Answer }) {
  const t = useT();
  const [shown, setShown] = useState(false);
  const decide = useDeciding(link, answer);
  if (answer.state === "sent") return <Fresh answer={answer} decide={decide} />;
  const away = answer.state !== "accepted";
  return (
    <div className="tp-stack">
      <Note tone={away ? "info" : "ok"} icon={away ? "eye-off" : "check"}>
        <p>{t(answer.toldAt ? "outsideOwn.answer.hiddenTold" : STANDS[answer.state])}</p>
      </Note>
      {(!away || shown) && <WordsSaid answer={answer} />}
      <div className="tp-row">
        {away && !shown && (
          <QuietButton icon="eye" onClick={() => setShown(true)}>
            {t("outsideOwn.answer.show")}
          </QuietButton>
        )}
        {away && shown && (
          <Button look="secondary" busy={decide.busy} onClick={() => decide.go("accepted")}>
            {t("outsideOwn.answer.accept")}
          </Button>
        )}
        {!away && (
          <QuietButton icon="eye-off" onClick={() => decide.go("left_out")}>
            {t("outsideOwn.answer.takeAway")}
          </QuietButton>
        )}
      </div>
    </div>
  );
}

interface Deciding {
  busy: boolean;
  go: (decision: Decision, tellMentor?: boolean) => void;
}

function useDeciding(link: Link, answer: Answer): Deciding {
  const t = useT();
  const toast = useToast();
  const decide = useDecide();
  const before = answer.state;
  const go = (decision: Decision, tellMentor = false) =>
    decide.mutate(
      { id: link.id, version: answer.version, decision, tellMentor },
      {
        onSuccess: () =>
          toast({
            text: t(`outsideOwn.done.${decision}`, { by: answer.saidBy }),
            // The link has ended: back is what was chosen before, or out of the story again.
            action: before === "sent" || before === decision ? undefined : () => go(before),
          }),
        onError: (error) =>
          toast({
            text: t(
              error instanceof ApiProblem && error.status === 412
                ? "outsideOwn.changed"
                : "outsideOwn.failed",
            ),
          }),
      },
    );
  return { busy: decide.isPending, go };
}

function Fresh({ answer, decide }: { answer: Answer; decide: Deciding }) {
  const t = useT();
  const [unwanted, setUnwanted] = useState(false);
  return (
    <section className="tp-stack" aria-label={t("outsideOwn.answer.title", { by: answer.saidBy })}>
      <h4 dir="auto">{t("outsideOwn.answer.title", { by: answer.saidBy })}</h4>
      <p className="tp-small tp-soft">{t("outsideOwn.answer.only")}</p>
      <WordsSaid answer={answer} />
      <div className="tp-row">
        <Button icon="check" busy={decide.busy} onClick={() => decide.go("accepted")}>
          {t("outsideOwn.answer.accept")}
        </Button>
        <Button look="secondary" busy={decide.busy} onClick={() => decide.go("left_out")}>
          {t("outsideOwn.answer.leaveOut")}
        </Button>
        <QuietButton onClick={() => setUnwanted(true)}>{t("outsideOwn.answer.refuse")}</QuietButton>
      </div>
      <p className="tp-small tp-soft">{t("outsideOwn.answer.acceptHint")}</p>
      <Dialog title={t("outsideOwn.refuse.title")} open={unwanted} onClose={() => setUnwanted(false)}>
        <p>{t("outsideOwn.refuse.text", { by: answer.saidBy })}</p>
        <div className="tp-stack">
          <Button
            wide
            busy={decide.busy}
            onClick={() => {
              setUnwanted(false);
              decide.go("hidden");
            }}
          >
            {t("outsideOwn.refuse.hide")}
          </Button>
          <Button
            wide
            look="secondary"
            busy={decide.busy}
            onClick={() => {
              setUnwanted(false);
              decide.go("hidden", true);
            }}
          >
            {t("outsideOwn.refuse.tell")}
          </Button>
        </div>
      </Dialog>
    </section>
  );
}
