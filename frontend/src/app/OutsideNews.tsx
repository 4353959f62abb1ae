import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useT } from "~/i18n";
import { Note, QuietLink } from "~/ui";

/** On the first page of a mentor or a parent: a pupil wants to ask somebody outside, and waits for a yes. */
export function OutsideNews() {
  const t = useT();
  const requests = useQuery({
    queryKey: ["outside-requests"],
    queryFn: () => body(api.GET("/v1/me/outside-requests")),
  });
  const count = requests.data?.items.filter((request) => request.own === null).length ?? 0;
  if (count === 0) return null;
  return (
    <aside className="tp-page tp-news" aria-label={t("outsideOwn.requests.title")}>
      <Note tone="wait" icon="question">
        <p>{t("outsideOwn.requests.news", { count })}</p>
        <p>
          <QuietLink to="/vragen-van-buiten" iconAfter="forward">
            {t("outsideOwn.requests.look")}
          </QuietLink>
        </p>
      </Note>
    </aside>
  );
}
