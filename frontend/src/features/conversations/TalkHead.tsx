import { type ReactNode, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import { Avatar, Dialog, Note, QuietButton, QuietLink, useToast } from "~/ui";
import { groupName } from "~/ui/groupName";
import { PlanTalk } from "./PlanTalk";
import { type Talk, useMoveTalk } from "./useTalks";
import { useWas, useWhen } from "./words";

/** Whose talk it is, with whom and when; what changed of that is said in words. */
export function TalkHead({ talk, children }: { talk: Talk; children?: ReactNode }) {
  const t = useT();
  const when = useWhen();
  const { viewer, pupil } = talk;
  const own = viewer === "self";
  const person = own ? talk.heldWith : pupil;
  return (
    <header className="tp-stack talk__head">
      <p className="talk__back">
        <QuietLink to={viewer === "school" ? `/leerling/${pupil.id}/gesprekken` : "/gesprekken"} icon="back">
          {viewer === "school" ? t("talks.of", { name: pupil.givenName }) : t("talks.title")}
        </QuietLink>
      </p>
      <div className="talk__who">
        <Avatar id={person.id} name={person.name} large />
        <div className="tp-grow">
          <h1 tabIndex={-1}>
            {own ? (
              t("talks.headOwn", { name: talk.heldWith.name })
            ) : (
              <>
                <bdi>{pupil.name}</bdi>
                {pupil.group && ` · ${groupName(pupil.group, t)}`}
              </>
            )}
          </h1>
          <p className="tp-soft">
            {t(`talks.kind.${talk.kind}`)} · {when(talk)}
            {!own && ` · ${t("talks.with", { name: talk.heldWith.name })}`}
          </p>
        </div>
        {children}
      </div>
      <WhatChanged talk={talk} />
    </header>
  );
}

/** Moved, called off, or the pupil is not at that school any more; and whether home comes along. */
function WhatChanged({ talk }: { talk: Talk }) {
  const t = useT();
  const me = useMe();
  const when = useWhen();
  const was = useWas();
  const waits = talk.state === "planned" || talk.state === "prepared";
  const before = was(talk);
  const by = talk.changedBy.id === me.id ? t("talks.you") : talk.changedBy.name;
  if (talk.state === "cancelled")
    return (
      <Note tone="wait" icon="cross">
        <p>{t("talks.cancelled", { name: by, self: talk.changedBy.id === me.id ? "yes" : "no" })}</p>
      </Note>
    );
  if (talk.ended && waits)
    return (
      <Note tone="wait" icon="leave">
        <p>
          {talk.viewer === "self"
            ? t("talks.ended.own")
            : t("talks.ended.other", { name: talk.pupil.givenName })}
        </p>
      </Note>
    );
  return (
    <>
      {waits && before && (
        <Note tone="wait" icon="calendar">
          <p>
            {t("talks.moved", {
              name: by,
              self: talk.changedBy.id === me.id ? "yes" : "no",
              was: before,
              now: when({ ...talk, place: "" }),
            })}
          </p>
        </Note>
      )}
      {waits && talk.withHome && talk.viewer !== "home" && (
        <p className="tp-small tp-soft">
          {talk.homeOpen
            ? t("talks.withHome", { own: talk.viewer === "self" ? "yes" : "no", name: talk.pupil.givenName })
            : t("talks.withHomeClosed", {
                own: talk.viewer === "self" ? "yes" : "no",
                name: talk.pupil.givenName,
              })}
        </p>
      )}
    </>
  );
}

/** Moving it, calling it off, and on again. */
export function TalkChanges({ talk }: { talk: Talk }) {
  const t = useT();
  const toast = useToast();
  const move = useMoveTalk(talk.id);
  const [planning, setPlanning] = useState(false);
  const own = talk.viewer === "self";
  const name = own ? talk.heldWith.name : talk.pupil.givenName;
  if (!talk.rights.change) return null;
  const failed = (error: unknown) =>
    toast({ text: error instanceof ApiProblem ? error.message : t("ui.error.offline") });
  const go = async (state: "planned" | "cancelled", version: number) => {
    if (move.isPending) return;
    try {
      const moved = await move.mutateAsync({ state, version });
      toast({
        text: t(`talks.move.${state}`, { name }),
        action: state === "cancelled" ? () => void go("planned", moved.version) : undefined,
      });
    } catch (error) {
      failed(error);
    }
  };
  return (
    <div className="tp-row talk__changes">
      {talk.state === "cancelled" ? (
        <QuietButton icon="undo" onClick={() => go("planned", talk.version)}>
          {t("talks.move.on")}
        </QuietButton>
      ) : (
        <>
          <QuietButton icon="calendar" onClick={() => setPlanning(true)}>
            {t("talks.move")}
          </QuietButton>
          <QuietButton icon="cross" onClick={() => go("cancelled", talk.version)}>
            {t("talks.move.off")}
          </QuietButton>
        </>
      )}
      <Dialog title={t("talks.moveTitle", { name })} open={planning} onClose={() => setPlanning(false)}>
        <PlanTalk
          pupil={talk.pupil}
          own={own}
          partners={talk.partners}
          before={talk}
          onDone={() => setPlanning(false)}
          onCancel={() => setPlanning(false)}
        />
      </Dialog>
    </div>
  );
}
