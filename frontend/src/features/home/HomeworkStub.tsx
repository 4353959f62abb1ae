import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { soon } from "~/i18n/dates";
import { LinkButton, Stub } from "~/ui";

/** The first card from home that school put ready, to do with somebody at home. */
export function HomeworkStub({ pupilId }: { pupilId: string }) {
  const t = useT();
  const language = useLanguage();
  const list = useQuery({
    queryKey: ["homework-list", pupilId],
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/homework", { params: { path: { pupil_id: pupilId } } })),
  });
  const [first] = list.data?.waiting ?? [];
  if (!first) return null;
  return (
    <Stub
      kind="interview"
      label={t("home.homework.ready")}
      title={t("home.homework")}
      when={t("home.homework.when", { day: soon(first.onDay, language) })}
      action={
        <LinkButton to="/thuis/opdrachten" look="secondary">
          {t("home.homework.go")}
        </LinkButton>
      }
    />
  );
}
