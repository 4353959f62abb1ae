import type { ReactNode } from "react";
import type { Tone } from "./codes";
import { Icon } from "./Icon";
import type { IconName } from "./icons";

/** A few words beside the work: what happens next, or what someone asked. */
export function Note({
  tone = "info",
  icon = "info",
  children,
}: {
  tone?: Tone;
  icon?: IconName;
  children: ReactNode;
}) {
  return (
    <div className="tp-note" data-state={tone}>
      <Icon name={icon} />
      <div className="tp-note__words">{children}</div>
    </div>
  );
}
