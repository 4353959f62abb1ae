import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, Dialog, LinkButton, Note, QuietButton, QuietLink, useToast } from "~/ui";
import { groupName } from "~/ui/groupName";
import type { Activity, CityActivity } from "./plan";
import { Repeat } from "./Repeat";
import { useMove } from "./useActivities";

/** Ready for the pupils or not, and what can be done about that. */
export function Standing({ activity }: { activity: Activity | CityActivity }) {
  const t = useT();
  const toast = useToast();
  const move = useMove(activity);
  const [asking, setAsking] = useState<"publish" | "cancel" | null>(null);
  const [repeating, setRepeating] = useState(false);
  const { id, state, title, signUp } = activity;
  const ofSchool = "groups" in activity ? activity : null;
  const names = ofSchool?.groups.map((group) => groupName(group, t)).join(", ") ?? "";
  const pupils = ofSchool?.pupils ?? 0;
  const way = ofSchool ? (signUp ? "signUp" : "all") : "city";
  const withoutGroups = ofSchool?.groups.length === 0;
  const close = () => {
    setAsking(null);
    move.reset();
  };
  const go = async () => {
    if (!asking) return;
    await move.mutateAsync(asking);
    toast({ text: t(asking === "publish" ? "activities.published" : "activities.cancelled", { title }) });
    setAsking(null);
  };
  return (
    <>
      <Note tone={state === "published" ? "ok" : "wait"} icon={state === "published" ? "check" : "wait"}>
        <p>
          {withoutGroups ? t("activities.now.noGroups") : t(`activities.now.${state}.${way}`, { pupils })}
        </p>
      </Note>
      <div className="tp-row">
        {state !== "published" && !withoutGroups && (
          <Button onClick={() => setAsking("publish")}>
            {t(state === "cancelled" ? "activities.publishAgain" : "activities.publish")}
          </Button>
        )}
        <LinkButton
          to={`/activiteiten/${id}/wijzig`}
          look={withoutGroups ? "primary" : "secondary"}
          icon="pencil"
        >
          {t("activities.change")}
        </LinkButton>
        {!withoutGroups && (
          <Button look="secondary" icon="turn-around" onClick={() => setRepeating(true)}>
            {t("activities.repeat")}
          </Button>
        )}
        <QuietLink to={`/activiteiten/nieuw?van=${id}`}>{t("activities.copy")}</QuietLink>
        <QuietLink to={`/activiteiten/nieuw?van=${id}&jaar=volgend`}>
          {t("activities.copyToNextYear")}
        </QuietLink>
        {state === "published" && (
          <QuietButton icon="cross" onClick={() => setAsking("cancel")}>
            {t("activities.cancel")}
          </QuietButton>
        )}
      </div>
      <Dialog
        title={t(asking === "cancel" ? "activities.cancelTitle" : "activities.publishTitle", { title })}
        open={asking !== null}
        onClose={close}
      >
        <div className="tp-stack">
          <p>
            {t(asking === "cancel" ? `activities.cancelAsk.${way}` : `activities.publishAsk.${way}`, {
              title,
              names,
              pupils,
            })}
          </p>
          {move.error && (
            <p role="alert">
              {move.error instanceof ApiProblem ? move.error.message : t("ui.error.unknown")}
            </p>
          )}
          <Button busy={move.isPending} onClick={() => go().catch(() => {})}>
            {t(asking === "cancel" ? "activities.cancel" : "activities.publish")}
          </Button>
          <QuietButton onClick={close}>{t("ui.cancel")}</QuietButton>
        </div>
      </Dialog>
      <Repeat activity={activity} open={repeating} onClose={() => setRepeating(false)} />
    </>
  );
}
