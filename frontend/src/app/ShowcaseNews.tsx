import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useT } from "~/i18n";
import { Note, QuietLink } from "~/ui";

/** On a parent's first page: a child wants to show a page outside, and waits for a yes. */
export function ShowcaseNews() {
  const t = useT();
  const requests = useQuery({
    queryKey: ["showcase-requests"],
    queryFn: () => body(api.GET("/v1/me/showcase-requests")),
  });
  const count = requests.data?.items.filter(({ own, changed }) => own === null || changed).length ?? 0;
  if (count === 0) return null;
  return (
    <aside className="tp-page tp-news" aria-label={t("showcase.requests")}>
      <Note tone="wait" icon="globe">
        <p>{t("showcase.requestsNews", { count })}</p>
        <p>
          <QuietLink to="/etalage-vragen" iconAfter="forward">
            {t("showcase.requestsLook")}
          </QuietLink>
        </p>
      </Note>
    </aside>
  );
}
