import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useT } from "~/i18n";
import { News } from "./News";

/** On a parent's first page: a child wants to take something along to a new school, and waits for a yes. */
export function TransferAsked() {
  const t = useT();
  const requests = useQuery({
    queryKey: ["transfer-requests"],
    queryFn: () => body(api.GET("/v1/me/transfer-requests")),
  });
  const count =
    requests.data?.items.filter(({ state, own }) => state === "asked" && own === null).length ?? 0;
  if (count === 0) return null;
  return (
    <News
      icon="boat"
      look={t("transfer.news.look")}
      label={t("transfer.home.title")}
      words={t("transfer.news.home", { count })}
      to="/overstap-thuis"
    />
  );
}

/** On the first page of a mentor or a dean: what new pupils offer to take along waits. */
export function TransferOffered() {
  const t = useT();
  const offered = useQuery({
    queryKey: ["offered-transfers"],
    queryFn: () => body(api.GET("/v1/transfers")),
  });
  const count = offered.data?.items.filter(({ state }) => state === "offered").length ?? 0;
  if (count === 0) return null;
  return (
    <News
      icon="boat"
      look={t("transfer.news.look")}
      label={t("transfer.school.title")}
      words={t("transfer.news.school", { count })}
      to="/overstappen"
    />
  );
}
