import { useLanguage, useT } from "~/i18n";
import { dayOf, recently } from "~/i18n/dates";
import { Note } from "~/ui";
import type { Child } from "./useHome";

const KINDS = ["stories", "replies", "homework", "talks"] as const;

/** What is new since this parent was last here, in words. Nothing new is no reason to worry. */
export function News({ child, name }: { child: Child; name: string }) {
  const t = useT();
  const language = useLanguage();
  const { news } = child;
  if (!news) return child.total > 0 ? <p className="tp-soft">{t("family.first")}</p> : null;
  const when = recently(dayOf(news.since), language);
  const found = KINDS.filter((kind) => news[kind] > 0).map((kind) =>
    t(`family.news.${kind}`, { count: news[kind], name }),
  );
  if (found.length === 0) return <p className="tp-soft">{t("family.news.none", { when })}</p>;
  return (
    <Note icon="boat">
      <p>
        <b>{t("family.news.title", { when })}</b>
      </p>
      <ul className="family__news">
        {found.map((words) => (
          <li key={words}>{words}</li>
        ))}
      </ul>
    </Note>
  );
}
