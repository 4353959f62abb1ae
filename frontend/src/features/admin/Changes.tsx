import { useLanguage, useT } from "~/i18n";
import { dayOf, recently, timeOf } from "~/i18n/dates";
import { QuietButton } from "~/ui";
import { type Act, useUndo } from "./useAdmin";
import { actInWords } from "./words";

/** What was changed, by whom, when; with a way back on the same day. */
export function Changes({ acts, withNames = false }: { acts: readonly Act[]; withNames?: boolean }) {
  const t = useT();
  if (acts.length === 0) return <p className="tp-soft">{t("admin.changes.none")}</p>;
  return (
    <ul className="tp-list">
      {acts.map((act) => (
        <Change key={act.id} act={act} withName={withNames} />
      ))}
    </ul>
  );
}

function Change({ act, withName }: { act: Act; withName: boolean }) {
  const t = useT();
  const language = useLanguage();
  const undo = useUndo();
  const words = actInWords(act, t, language);
  return (
    <li>
      <div className="tp-grow">
        <p>
          {withName && act.about && (
            <>
              <b>
                <bdi>{act.about}</bdi>
              </b>
              {": "}
            </>
          )}
          {words}
        </p>
        <p className="tp-small tp-soft">
          {t("admin.changes.by", {
            name: act.by,
            day: recently(dayOf(act.at), language),
            time: timeOf(act.at, language),
          })}
        </p>
      </div>
      {act.undoable && (
        <QuietButton aria-label={t("admin.undo.of", { what: words })} onClick={() => undo(act.id)}>
          {t("ui.undo")}
        </QuietButton>
      )}
    </li>
  );
}
