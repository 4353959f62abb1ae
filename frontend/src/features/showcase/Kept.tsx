import { useT } from "~/i18n";
import { Button, Dialog, Icon, Note, OwnWords, QuietButton } from "~/ui";
import type { useKeeping } from "./useKeeping";

type Own = Pick<
  ReturnType<typeof useKeeping>,
  "keeping" | "refusal" | "keep" | "undo" | "redo" | "keepMine" | "keepTheirs"
>;

/** Whether it is kept, and the way back and on again. */
export function Kept({ own }: { own: Own }) {
  const t = useT();
  const { keeping, undo, redo } = own;
  return (
    <div className="etalage__kept">
      <div className="tp-row">
        <QuietButton icon="undo" aria-disabled={!undo} onClick={() => undo?.()}>
          {t("showcase.undo")}
        </QuietButton>
        {redo && <QuietButton onClick={() => redo()}>{t("showcase.redo")}</QuietButton>}
        <p role="status" className="tp-small tp-soft etalage__state">
          {keeping === "busy" && t("showcase.saving")}
          {keeping === "kept" && (
            <>
              <Icon name="check" />
              {t("showcase.saved")}
            </>
          )}
        </p>
      </div>
      {(keeping === "failed" || keeping === "refused") && (
        <Note tone="wait" icon={navigator.onLine ? "info" : "no-network"}>
          <p role="alert">{(keeping === "refused" && own.refusal) || t("showcase.notSaved")}</p>
          <QuietButton onClick={() => void own.keep()}>{t("showcase.save")}</QuietButton>
        </Note>
      )}
    </div>
  );
}

/** Another screen wrote at the same moment: both versions side by side, as lines of what differs. */
export function Conflict({
  own,
  mine,
  theirs,
}: {
  own: Own;
  mine: readonly string[];
  theirs: readonly string[];
}) {
  const t = useT();
  const versions = [
    { label: t("showcase.conflict.mine"), lines: mine },
    { label: t("showcase.conflict.theirs"), lines: theirs },
  ];
  return (
    <Dialog title={t("showcase.conflict")} open={own.keeping === "conflict"} onClose={own.keepTheirs}>
      <div className="tp-stack">
        <p>{t("showcase.conflict.text")}</p>
        <div className="etalage__versions">
          {versions.map(({ label, lines }) => (
            <section key={label} className="tp-card tp-stack" aria-label={label}>
              <h3>{label}</h3>
              {lines.map((line, at) => (
                <p key={`${at} ${line}`} className="etalage__text tp-small">
                  <OwnWords>{line}</OwnWords>
                </p>
              ))}
            </section>
          ))}
        </div>
        <Button onClick={own.keepMine}>{t("showcase.conflict.keepMine")}</Button>
        <Button look="secondary" onClick={own.keepTheirs}>
          {t("showcase.conflict.keepTheirs")}
        </Button>
      </div>
    </Dialog>
  );
}
