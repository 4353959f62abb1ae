import { useEffect, useState } from "react";
import { useLocation } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { readDraft, removeDraft } from "~/offline";
import { ActionBar, Button, Note, QuietLink, useToast } from "~/ui";
import { type Answer, asKind, hasOwnFields, type Kind } from "./content";
import { addressOf, Head, type Step } from "./Head";
import { LogbookDays } from "./LogbookDays";
import { Questions } from "./Questions";
import { askedAbout } from "./questions";
import { Refused } from "./Refused";
import { maxSecondsOf, StepShow } from "./StepShow";
import { StepTell } from "./StepTell";
import { StepWhat } from "./StepWhat";
import { useActivityQuestions } from "./useActivityQuestions";
import { useAsking } from "./useAsking";
import { share, useEarlier, useFresh, useQuestions } from "./useFlow";
import { type Beginning, useWriting } from "./useWriting";
import { type Ring, usualRing, WhoSees } from "./WhoSees";

type Props = Beginning & {
  step: Step;
  /** Reads again where to start, after another version was chosen. */
  onRestart: () => void;
};

const NONE: [] = [];

/** The three steps of one entry, with everything kept at every keystroke. */
export function Editor({ entryId, step, initial, version, ring: reach, entry, onRestart }: Props) {
  const t = useT();
  const toast = useToast();
  const fresh = useFresh();
  const [, go] = useLocation();
  const writing = useWriting({ entryId, initial, version, entry });
  const { me, online, draft, content, change, files, settle } = writing;

  // Read from the first step on, so that they are there when the network is not.
  // What a boundary experience asks stands beside what was thought first, not among the two questions.
  const questions = useQuestions(entryId, content.details);
  const activity = useActivityQuestions(
    content.details.kind === "experience" ? content.details.activityId : null,
  );
  const answers = content.answers as Answer[];
  const onScreen = useAsking(activity ? askedAbout(activity, questions) : NONE, questions, answers);
  const earlier = useEarlier(
    entryId,
    onScreen.shown.map(({ id }) => id),
    step === "vertel",
  );

  const shared = reach > 0;
  const [ring, setRing] = useState<Ring>(() =>
    shared ? (reach as Ring) : me.pupil ? usualRing(me.pupil) : 0,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  // What waited for a network can be tried again.
  useEffect(() => {
    if (online) setProblem(undefined);
  }, [online]);
  const leave = async (words: string, told = false) => {
    fresh();
    toast({ text: words });
    go("/", { state: { arrived: entryId, told } });
  };

  const keep = async () => {
    setBusy(true);
    const kept = await settle();
    setBusy(false);
    if (kept === null && (await readDraft(me.id, entryId))?.refusal) return;
    if (kept !== null) await removeDraft(me.id, entryId);
    await leave(kept === null ? t("flow.keptHere") : shared ? t("flow.changed", { ring }) : t("flow.kept"));
  };

  const shareNow = async () => {
    if (content.title.trim() === "") return setProblem(t("flow.needsTitle"));
    setBusy(true);
    setProblem(undefined);
    try {
      const kept = await settle();
      if (kept === null) return setProblem(t(online ? "flow.shareFailed" : "flow.needsInternet"));
      await share(entryId, kept, ring);
      await removeDraft(me.id, entryId);
      await leave(t(ring === 2 ? "flow.shared.2" : "flow.shared.1"), true);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? error.message : t("flow.needsInternet"));
    } finally {
      setBusy(false);
    }
  };

  const chooseKind = (kind: Kind) => {
    const { details } = content;
    change({ details: asKind(content, kind).details });
    if (hasOwnFields(details)) toast({ text: t("flow.kindChange"), action: () => change({ details }) });
  };

  const later = () => {
    void draft.flush().then(fresh);
    go("/");
  };

  return (
    <div className="tp-page flow tp-stack">
      <Head
        step={step}
        back={
          step === "wat-deed-ik" ? "/" : addressOf(entryId, step === "vertel" ? "laat-zien" : "wat-deed-ik")
        }
        save={draft.state}
        online={online}
        onLater={later}
      />
      <Refused entryId={entryId} writing={writing} onRestart={onRestart} />
      {step === "wat-deed-ik" && (
        <StepWhat
          content={content}
          fixedKind={shared}
          onKind={chooseKind}
          onChange={change}
          logbook={<LogbookDays writing={writing} />}
        />
      )}
      {step === "laat-zien" && (
        <StepShow
          kind={content.details.kind}
          files={files}
          spoken={content.answers.flatMap((answer) => answer.attachmentId ?? [])}
          online={online}
        />
      )}
      {step === "vertel" && (
        <>
          <StepTell
            content={content}
            onChange={change}
            questions={
              <Questions
                asking={onScreen}
                answers={answers}
                earlier={earlier}
                files={files.files}
                online={online}
                maxSeconds={maxSecondsOf(me.pupil?.level ?? null)}
                onChange={(changed) => change({ answers: changed })}
                onRecorded={(recording, kind) =>
                  files.add(recording, t(kind === "film" ? "flow.filmedName" : "flow.spokenName"))
                }
                onSilence={(id) => void files.remove(id)}
              />
            }
          />
          {me.pupil && !shared && <WhoSees ring={ring} pupil={me.pupil} onChange={setRing} />}
        </>
      )}
      <div role="alert">
        {step === "vertel" && problem && (
          <Note tone="wait">
            <p>{problem}</p>
            {content.title.trim() === "" && (
              <QuietLink to={addressOf(entryId, "wat-deed-ik")}>{t("flow.giveName")}</QuietLink>
            )}
          </Note>
        )}
      </div>
      <Foot
        step={step}
        entryId={entryId}
        ring={shared ? 0 : ring}
        busy={busy}
        hasFiles={files.files.length > 0}
        onKeep={keep}
        onShare={shareNow}
      />
    </div>
  );
}

type FootProps = {
  step: Step;
  entryId: string;
  /** How far sharing reaches; 0 when there is nothing to share, or it is shared already. */
  ring: Ring;
  busy: boolean;
  hasFiles: boolean;
  onKeep: () => void;
  onShare: () => void;
};

function Foot({ step, entryId, ring, busy, hasFiles, onKeep, onShare }: FootProps) {
  const t = useT();
  const [, go] = useLocation();
  if (step !== "vertel") {
    return (
      <ActionBar>
        {step === "laat-zien" && !hasFiles && (
          <Button look="subtle" onClick={() => go(addressOf(entryId, "vertel"))}>
            {t("flow.skip")}
          </Button>
        )}
        <Button
          iconAfter="forward"
          onClick={({ detail }) => {
            // The second tap of two quick ones falls on the next step already.
            if (detail < 2) go(addressOf(entryId, step === "laat-zien" ? "vertel" : "laat-zien"));
          }}
        >
          {t("flow.next")}
        </Button>
      </ActionBar>
    );
  }
  if (ring === 0) {
    return (
      <ActionBar>
        <Button busy={busy} onClick={onKeep}>
          {t("flow.keep")}
        </Button>
      </ActionBar>
    );
  }
  return (
    <ActionBar>
      <Button look="secondary" busy={busy} onClick={onKeep}>
        {t("flow.keep")}
      </Button>
      <Button busy={busy} onClick={onShare}>
        {t(busy ? "flow.sharing" : ring === 2 ? "flow.share.2" : "flow.share.1")}
      </Button>
    </ActionBar>
  );
}
