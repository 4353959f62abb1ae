import { onlineManager } from "@tanstack/react-query";
import { useCallback, useEffect, useState, useSyncExternalStore } from "react";
import { useLocation } from "wouter";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { isUnsent, readDraft, removeDraft, useDraft } from "~/offline";
import { saveDraft } from "~/offline/drafts";
import { useMe } from "~/session";
import { ActionBar, Button, Note, QuietLink, useToast } from "~/ui";
import { Conflict } from "./Conflict";
import { type Answer, asKind, type EntryContent, hasOwnFields, isBoundary, type Kind } from "./content";
import { addressOf, Head, type Step } from "./Head";
import { Questions } from "./Questions";
import { askedAbout } from "./questions";
import { maxSecondsOf, StepShow } from "./StepShow";
import { StepTell } from "./StepTell";
import { StepWhat } from "./StepWhat";
import { useActivityQuestions } from "./useActivityQuestions";
import { useAsking } from "./useAsking";
import { useFiles } from "./useFiles";
import { type Entry, share, useEarlier, useFresh, useQuestions } from "./useFlow";
import { type Ring, usualRing, WhoSees } from "./WhoSees";

type Props = {
  entryId: string;
  step: Step;
  initial: EntryContent;
  version: number | null;
  /** As the server has it; none for a new entry or without network. */
  entry: Entry | null;
  /** Reads again where to start, after another version was chosen. */
  onRestart: () => void;
};

const NO_FILES: Entry["attachments"] = [];
const NONE: [] = [];

/** The three steps of one entry, with everything kept at every keystroke. */
export function Editor({ entryId, step, initial, version, entry, onRestart }: Props) {
  const t = useT();
  const me = useMe();
  const toast = useToast();
  const fresh = useFresh();
  const [, go] = useLocation();
  const online = useSyncExternalStore(onlineManager.subscribe, () => onlineManager.isOnline());
  const draft = useDraft(me.id, entryId, initial, version);
  const content = (draft.content ?? initial) as EntryContent;
  const change = useCallback((part: Partial<EntryContent>) => draft.change(part), [draft.change]);

  const ensureDraft = useCallback(async () => {
    if (version === null && !(await readDraft(me.id, entryId))) await saveDraft(me.id, entryId, initial);
  }, [me.id, entryId, version, initial]);
  // Read from the first step on, so that they are there when the network is not.
  const questions = useQuestions(entryId, content.details, isBoundary(content));
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
  const files = useFiles(entryId, entry?.attachments ?? NO_FILES, ensureDraft);

  const shared = entry !== null && entry.ring > 0;
  const [ring, setRing] = useState<Ring>(() =>
    shared ? (entry.ring as Ring) : me.pupil ? usualRing(me.pupil) : 0,
  );
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string>();
  const [asking, setAsking] = useState(true);
  // What waited for a network can be tried again.
  useEffect(() => {
    if (online) setProblem(undefined);
  }, [online]);
  const conflict = draft.refusal?.kind === "conflict";

  /** Sends what is written; the version that the server then has, or none when it does not have it yet. */
  const settle = async (): Promise<number | null> => {
    const kept = await draft.flush();
    if (!kept) return draft.version;
    return kept.refusal || isUnsent(kept) ? null : kept.version;
  };

  const leave = async (words: string) => {
    fresh();
    toast({ text: words });
    go("/", { state: { arrived: entryId } });
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
      await leave(t(ring === 2 ? "flow.shared.2" : "flow.shared.1"));
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
      {draft.refusal && (
        <Note tone="wait">
          <p>{draft.refusal.text}</p>
          {conflict && (
            <Button look="secondary" onClick={() => setAsking(true)}>
              {t("flow.conflictChoose")}
            </Button>
          )}
        </Note>
      )}
      {step === "wat-deed-ik" && (
        <StepWhat content={content} fixedKind={shared} onKind={chooseKind} onChange={change} />
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
      <Conflict
        personId={me.id}
        entryId={entryId}
        mine={content}
        open={conflict && asking}
        onMine={() => void draft.flush()}
        onTheirs={onRestart}
        onClose={() => setAsking(false)}
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
          onClick={() => go(addressOf(entryId, step === "laat-zien" ? "vertel" : "laat-zien"))}
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
