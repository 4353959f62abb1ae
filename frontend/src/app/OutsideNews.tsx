import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useT } from "~/i18n";
import { News } from "./News";

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
    <News
      icon="question"
      label={t("outsideOwn.requests.title")}
      words={t("outsideOwn.requests.news", { count })}
      to="/vragen-van-buiten"
      look={t("outsideOwn.requests.look")}
    />
  );
}
