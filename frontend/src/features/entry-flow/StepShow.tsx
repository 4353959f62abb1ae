import { type ChangeEvent, lazy, Suspense, useCallback, useEffect, useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { useMe } from "~/session";
import {
  Drawing,
  Icon,
  type IconName,
  Note,
  Photo,
  QuietButton,
  refusalOf,
  TextField,
  TideBar,
  type TideState,
  useToast,
} from "~/ui";
import { useFollow } from "~/ui/useFollow";
import type { Kind } from "./content";
import { ACCEPT, FILMS_HERE, LIMIT_MB } from "./files";
import type { FileInHand, Files } from "./useFiles";
import { type Schooling, sayWhatItShows, writeCaptions } from "./useFlow";

const Recorder = lazy(() => import("~/ui/Recorder"));
const FilmRecorder = lazy(() => import("~/ui/FilmRecorder"));

/** How long speech and film made here may be, in seconds. */
export const maxSecondsOf = (level: Schooling["level"]) => (level === "mbo" ? 180 : 60);

type Props = {
  kind: Kind;
  files: Files;
  /** Files that are spoken answers: those stand with their question. */
  spoken: readonly string[];
  online: boolean;
};

/** Step 2: photos, film, sound and other files. Nothing here has to be finished before the next step. */
export function StepShow({ kind, files, spoken, online }: Props) {
  const t = useT();
  const { pupil } = useMe();
  const recognisable = pupil?.recognisable;
  const maxSeconds = maxSecondsOf(pupil?.level ?? null);
  const [filming, setFilming] = useState(false);
  const shown = files.files.filter((file) => !spoken.includes(file.id));
  const picks = useFollow<HTMLDivElement>(shown.length);
  const moving = files.files.some(
    ({ upload }) => upload && upload.state !== "done" && upload.state !== "refused",
  );
  const sound = (blob: Blob) =>
    void files.add(blob, `${t("flow.kindWord.sound")}.${blob.type.includes("mp4") ? "m4a" : "webm"}`);
  const film = (blob: Blob) =>
    void files.add(blob, `${t("flow.kindWord.film")}.${blob.type.includes("mp4") ? "mp4" : "webm"}`);
  return (
    <>
      <h1 tabIndex={-1}>{t("flow.showTitle")}</h1>
      <div ref={picks} className="tp-choice">
        <Pick label={t("flow.photo")} icon="camera" accept={ACCEPT.photo} capture onFiles={files.addAll} />
        {FILMS_HERE ? (
          <button type="button" className="tp-choice__option flow__pick" onClick={() => setFilming(true)}>
            <Icon name="play" />
            <span>{t("flow.film")}</span>
          </button>
        ) : (
          <Pick label={t("flow.film")} icon="play" accept={ACCEPT.film} capture onFiles={files.addAll} />
        )}
        <Pick label={t("flow.files")} icon="plus" accept={ACCEPT.any} onFiles={files.addAll} />
        <Suspense>
          <Recorder onRecorded={sound} maxSeconds={maxSeconds} />
        </Suspense>
      </div>
      {filming && (
        <Suspense>
          <FilmRecorder maxSeconds={maxSeconds} onRecorded={film} onClose={() => setFilming(false)} />
        </Suspense>
      )}
      {recognisable !== "yes" && (
        <Note icon="camera">
          <p>{t(recognisable === "no" ? "flow.faces.no" : "flow.faces.open")}</p>
        </Note>
      )}
      <p className="tp-small tp-soft">{t("flow.limits", { ...LIMIT_MB, minutes: maxSeconds / 60 })}</p>
      <div role="status" className="tp-stack">
        {files.misfits.map(({ name, why }) => (
          <Note key={name} tone="wait">
            <p>
              <b>{name}</b> {t(`flow.refused.${why}`)}
            </p>
          </Note>
        ))}
      </div>
      {shown.length > 0 && (
        <ul className="tp-stack" aria-label={t("flow.filesTitle")}>
          {shown.map((file) => (
            <li key={file.id}>
              <OneFile file={file} kind={kind} files={files} online={online} />
            </li>
          ))}
        </ul>
      )}
      {moving && (
        <Note icon="check">
          <p className="tp-small">{t("flow.goOn")}</p>
        </Note>
      )}
      <p className="tp-small tp-soft">{t("flow.others")}</p>
    </>
  );
}

type PickProps = {
  label: string;
  icon: IconName;
  accept: string;
  /** Opens the camera on a phone. */
  capture?: boolean;
  onFiles: (files: File[]) => void;
};

/** Chooses files, or opens the camera. */
export function Pick({ label, icon, accept, capture, onFiles }: PickProps) {
  const picked = (event: ChangeEvent<HTMLInputElement>) => {
    onFiles([...(event.target.files ?? [])]);
    event.target.value = "";
  };
  return (
    <label className="tp-choice__option flow__pick">
      <input
        type="file"
        accept={accept}
        capture={capture ? "environment" : undefined}
        multiple={!capture}
        onChange={picked}
      />
      <Icon name={icon} />
      <span>{label}</span>
    </label>
  );
}

function tideOf({ upload, state }: FileInHand, online: boolean): TideState {
  if (!upload || upload.state === "done") {
    return state === "refused" ? "refused" : state === "ready" ? "done" : "inspecting";
  }
  if (upload.state === "waiting") return online ? "running" : "offline";
  return upload.state === "running" && !online ? "offline" : upload.state;
}

/** A file on its way or there, with what it shows in words. */
export function OneFile({
  file,
  kind,
  files,
  online,
}: {
  file: FileInHand;
  kind: Kind;
  files: Files;
  online: boolean;
}) {
  const t = useT();
  const toast = useToast();
  const tide = tideOf(file, online);
  const remove = async () => {
    try {
      await files.remove(file.id);
      toast({ text: t("flow.removed", { name: file.name }) });
    } catch {
      toast({ text: t("flow.removeFailed", { name: file.name }) });
    }
  };
  return (
    <div className="tp-stack flow__file">
      <TideBar
        name={file.name}
        state={tide}
        sent={file.upload?.sent ?? file.size}
        total={file.size}
        refusal={file.upload?.refusal ?? t(refusalOf(file.refusal))}
        picture={<Preview file={file} kind={kind} />}
        onPause={() => files.pause(file.id)}
        onResume={() => files.resume(file.id)}
        onRemove={remove}
      />
      {(tide === "done" || tide === "inspecting") && <Alt file={file} />}
      {tide === "done" && file.kind === "film" && <Captions file={file} />}
    </div>
  );
}

/** What a file looks like, from the device itself until it has arrived. */
export function Preview({ file, kind }: { file: FileInHand; kind: Kind }) {
  const isPhoto = file.kind === "photo" && file.upload?.state !== "refused";
  const blob = isPhoto ? file.upload?.blob : undefined;
  const [address, setAddress] = useState<string>();
  // The picture stays when the file has arrived and the device lets go of its bytes.
  useEffect(() => {
    if (blob) setAddress((before) => before ?? URL.createObjectURL(blob));
  }, [blob]);
  useEffect(() => () => URL.revokeObjectURL(address ?? ""), [address]);
  if (isPhoto && address) return <Photo src={address} alt="" />;
  if (file.hasThumbnail) {
    return <Photo src={`/v1/attachments/${file.id}/thumbnail?width=320`} alt={file.alt} />;
  }
  return <Drawing kind={kind} />;
}

/** A file with what is said in a film, for who cannot hear it. */
function Captions({ file }: { file: FileInHand }) {
  const t = useT();
  const [there, setThere] = useState(file.hasCaptions);
  const [problem, setProblem] = useState<string>();
  const write = async (vtt: string) => {
    try {
      await writeCaptions(file.id, vtt);
      setThere(vtt !== "");
      setProblem(undefined);
    } catch (error) {
      setProblem(error instanceof ApiProblem ? (error.at("/vtt") ?? error.message) : t("flow.altFailed"));
    }
  };
  const picked = async ([chosen]: File[]) => chosen && write(await chosen.text());
  return (
    <div className="tp-row">
      {there ? (
        <>
          <span className="tp-small">{t("flow.captions.there")}</span>
          <QuietButton onClick={() => write("")}>{t("flow.captions.remove")}</QuietButton>
        </>
      ) : (
        <Pick label={t("flow.captions.add")} icon="file" accept=".vtt,text/vtt" onFiles={picked} />
      )}
      <p role="alert" className="tp-small">
        {problem}
      </p>
    </div>
  );
}

/** Words are kept when the pupil goes on, or stops typing for so long. */
const PAUSE_MS = 800;

/** What can be seen or heard, asked kindly once the file is in. */
function Alt({ file }: { file: FileInHand }) {
  const t = useT();
  const [alt, setAlt] = useState(file.alt);
  const [kept, setKept] = useState(file.alt);
  const [failed, setFailed] = useState(false);
  const keep = useCallback(async () => {
    if (alt === kept) return;
    try {
      await sayWhatItShows(file.id, alt);
      setKept(alt);
      setFailed(false);
    } catch {
      setFailed(true);
    }
  }, [file.id, alt, kept]);
  useEffect(() => {
    const timer = setTimeout(keep, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [keep]);
  return (
    <TextField
      label={t(`flow.alt.${file.kind}`)}
      hint={t("flow.altHint")}
      value={alt}
      maxLength={200}
      onChange={(event) => setAlt(event.target.value)}
      onBlur={keep}
      error={failed ? t("flow.altFailed") : undefined}
    />
  );
}
