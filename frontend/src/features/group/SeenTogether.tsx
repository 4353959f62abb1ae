import { useT } from "~/i18n";
import { QuietLink, WORK_FIELDS } from "~/ui";
import { useCare } from "./useCare";

/** Kinds of work that the class saw as a whole this school year; dotted is an invitation. */
export function SeenTogether({ groupId }: { groupId: string }) {
  const t = useT();
  const { data } = useCare(groupId);
  if (!data) return null;
  const seen = new Set(data.fields);
  return (
    <section className="tp-sheet tp-stack" aria-labelledby="seen-together">
      <h2 id="seen-together">{t("group.fields.title")}</h2>
      <ul className="tp-row" aria-labelledby="seen-together">
        {WORK_FIELDS.map((field) => (
          <li key={field}>
            <span
              className={seen.has(field) ? "tp-chip" : "tp-chip group__unseen"}
              data-field={seen.has(field) ? field : undefined}
            >
              {t(`field.${field}`)}
              {!seen.has(field) && <span className="tp-hidden">{t("group.fields.unseen")}</span>}
            </span>
          </li>
        ))}
      </ul>
      {seen.size < WORK_FIELDS.length && (
        <>
          <p className="tp-small tp-soft">{t("group.fields.legend")}</p>
          <div>
            <QuietLink to="/activiteiten/nieuw" icon="plus">
              {t("group.fields.plan")}
            </QuietLink>
          </div>
        </>
      )}
    </section>
  );
}
