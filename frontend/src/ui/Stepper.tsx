import { useT } from "~/i18n";
import { Icon } from "./Icon";

/** Three pebbles on the route; `current` counts from 0. */
export function Stepper({ steps, current }: { steps: readonly string[]; current: number }) {
  const t = useT();
  return (
    <ol className="tp-steps" aria-label={t("ui.step", { step: current + 1, total: steps.length })}>
      {steps.map((step, index) => (
        <li
          key={step}
          data-step={index < current ? "done" : index === current ? "now" : "todo"}
          aria-current={index === current ? "step" : undefined}
        >
          <span className="tp-steps__pebble" aria-hidden="true">
            {index < current ? <Icon name="check" /> : index + 1}
          </span>
          <span>
            {step}
            {index < current && <span className="tp-hidden"> ({t("ui.step.done")})</span>}
          </span>
        </li>
      ))}
    </ol>
  );
}
