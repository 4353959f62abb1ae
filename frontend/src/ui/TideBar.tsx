import type { CSSProperties, ReactNode } from "react";
import { useLanguage, useT } from "~/i18n";
import { megabytes } from "~/i18n/dates";
import { IconButton } from "./Button";
import { Icon } from "./Icon";
import type { IconName } from "./icons";
import { useTimeLeft } from "./useTimeLeft";

export type TideState = "running" | "paused" | "offline" | "checking" | "inspecting" | "done" | "refused";

export interface TideBarProps {
  name: string;
  state: TideState;
  /** Bytes. */
  sent: number;
  total: number;
  /** Why it was refused, in the server's words. */
  refusal?: string;
  picture: ReactNode;
  onPause?: () => void;
  onResume?: () => void;
  onRemove?: () => void;
}

const MINUTE_S = 60;
/** On its way in bytes; after that it is looked at. */
const MOVING: readonly TideState[] = ["running", "paused", "offline", "checking"];

const SIGNS: Partial<Record<TideState, IconName>> = {
  paused: "pause",
  offline: "no-network",
  inspecting: "wait",
  done: "check",
  refused: "cross",
};

/** A file on its way: the tide comes in. Never blocks the next step. */
export function TideBar({
  name,
  state,
  sent,
  total,
  refusal,
  picture,
  onPause,
  onResume,
  onRemove,
}: TideBarProps) {
  const t = useT();
  const language = useLanguage();
  const percent = total > 0 ? Math.floor((100 * sent) / total) : 0;
  const left = useTimeLeft(sent, total, state === "running");
  const minutes = left === null ? 0 : Math.ceil(left / MINUTE_S);
  const size = t("ui.upload.running", { sent: megabytes(sent, language), total: megabytes(total, language) });
  const time = minutes > 1 ? t("ui.upload.leftMinutes", { minutes }) : t("ui.upload.leftSoon");
  const words: Record<TideState, string> = {
    running: left === null ? size : `${size}, ${time}`,
    paused: t("ui.upload.paused", { percent }),
    offline: t("ui.upload.offline", { percent }),
    checking: t("ui.upload.checking"),
    inspecting: t("ui.upload.inspecting"),
    done: t("ui.upload.done"),
    refused: refusal ?? t("ui.error.title"),
  };
  const sign = SIGNS[state];
  return (
    <div className="tp-card tp-tide" data-tide={state}>
      {picture}
      <div>
        <span className="tp-tide__name">{name}</span>
        <span className="tp-tide__words">
          {sign && <Icon name={sign} />}
          {words[state]}
        </span>
      </div>
      <div className="tp-tide__buttons">
        {state === "running" && onPause && (
          <IconButton icon="pause" label={t("ui.upload.pause", { name })} onClick={onPause} />
        )}
        {state === "paused" && onResume && (
          <IconButton icon="play" label={t("ui.upload.resume", { name })} onClick={onResume} />
        )}
        {onRemove && <IconButton icon="cross" label={t("ui.upload.remove", { name })} onClick={onRemove} />}
      </div>
      {MOVING.includes(state) && (
        <div
          className="tp-tide__bar"
          role="progressbar"
          aria-label={t("ui.upload.progress", { name })}
          aria-valuenow={percent}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <span className="tp-tide__water" style={{ "--value": `${percent}%` } as CSSProperties} />
        </div>
      )}
    </div>
  );
}
