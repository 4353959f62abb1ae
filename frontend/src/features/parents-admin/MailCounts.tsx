import { useT } from "~/i18n";
import { useMailCounts } from "./useParents";

const PARTS = ["off", "waiting", "stopped"] as const;

/** The weekly mail of a school's parents, in counts; never who. */
export function MailCounts({ schoolId }: { schoolId: string }) {
  const t = useT();
  const { data } = useMailCounts(schoolId);
  if (!data) return null;
  return (
    <section className="tp-card tp-card--sea tp-stack" aria-labelledby="weekly-mail">
      <h2 id="weekly-mail">{t("parentsAdmin.mail.title")}</h2>
      <p>
        {[
          t("parentsAdmin.mail.weekly", { count: data.weekly }),
          ...PARTS.filter((part) => data[part] > 0).map((part) =>
            t(`parentsAdmin.mail.${part}`, { count: data[part] }),
          ),
        ].join(" ")}
      </p>
    </section>
  );
}
