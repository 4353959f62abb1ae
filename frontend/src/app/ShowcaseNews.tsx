import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useT } from "~/i18n";
import { News } from "./News";

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
    <News
      icon="globe"
      label={t("showcase.requests")}
      words={t("showcase.requestsNews", { count })}
      to="/etalage-vragen"
      look={t("showcase.requestsLook")}
    />
  );
}
