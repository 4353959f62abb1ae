import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { Button, Note, useToast } from "~/ui";
import { type ErasureOf, problemOf, useTakeBack } from "./usePrivacy";

/** An erasure that was asked, runs, was stopped, or ended a short time ago. */
export function UnderWay({ erasure }: { erasure: ErasureOf }) {
  const t = useT();
  const language = useLanguage();
  const toast = useToast();
  const back = useTakeBack();
  const ended = erasure.endedAt ? dayInWords(dayOf(erasure.endedAt), language) : "";
  if (erasure.state === "asked") {
    const day = dayInWords(erasure.dueOn, language);
    return (
      <Note tone="wait" icon="trash">
        <div className="tp-stack" role="status">
          <p>
            <b>
              {erasure.askedAs === "term"
                ? t("privacy.under.asked.term", { day })
                : erasure.askedBy && !erasure.mine
                  ? t("privacy.under.asked.by", { name: erasure.askedBy, day })
                  : t("privacy.under.asked", { day })}
            </b>
          </p>
          <div>
            <Button
              look="secondary"
              icon="undo"
              busy={back.isPending}
              onClick={() =>
                back.mutate(erasure.id, {
                  onSuccess: () => toast({ text: t("privacy.under.stopped") }),
                  onError: (error) => toast({ text: problemOf(error, t) ?? t("privacy.failed") }),
                })
              }
            >
              {t("privacy.under.stop")}
            </Button>
          </div>
        </div>
      </Note>
    );
  }
  return (
    <Note icon={erasure.state === "taken_back" ? "undo" : "trash"}>
      <p className="privacy__number">
        {erasure.state === "taken_back" && t("privacy.under.taken_back", { day: ended })}
        {erasure.state === "done" && t("privacy.under.done", { day: ended, number: erasure.id })}
        {(erasure.state === "running" || erasure.state === "clearing") && t("privacy.under.running")}
      </p>
    </Note>
  );
}
