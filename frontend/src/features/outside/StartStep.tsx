import { useT } from "~/i18n";
import { Button, Note } from "~/ui";
import { Frame } from "./Frame";
import { inWords } from "./useOutside";

interface Props {
  onSend: () => void;
  busy: boolean;
  problem: unknown;
  /** The page was open, and its time is over. */
  over: boolean;
}

/** What this is, and the button that sends a code: nothing happens before it is pressed. */
export function StartStep({ onSend, busy, problem, over }: Props) {
  const t = useT();
  return (
    <Frame title={t("outside.start.title")} lead={t("outside.start.lead")}>
      <div role="alert">
        {(problem || over) && (
          <Note tone="wait">
            <p>{t(problem ? inWords(problem) : "outside.problem.needed")}</p>
          </Note>
        )}
      </div>
      <p>{t("outside.start.text")}</p>
      <Button wide icon="lock" busy={busy} onClick={onSend}>
        {t("outside.start.send")}
      </Button>
      <p className="tp-small tp-soft">{t("outside.start.private")}</p>
    </Frame>
  );
}
