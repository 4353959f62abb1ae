import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { useLanguage, useT } from "~/i18n";
import { dayInWords, dayOf } from "~/i18n/dates";
import { ME, type Me } from "~/session";
import { Note, QuietButton, QuietLink } from "~/ui";

/** Says that the second factor changed somewhere else, until the person says to have done it. */
export function FactorNews({ me }: { me: Me }) {
  const t = useT();
  const language = useLanguage();
  const queries = useQueryClient();
  const read = useMutation({
    mutationFn: () => body(api.PUT("/v1/me/factors/changes-seen")),
    onSuccess: () => queries.setQueryData(ME, { ...me, factorChangedAt: null }),
  });
  return (
    <aside className="tp-page tp-news" aria-label={t("factor.news.title")}>
      <Note tone="wait" icon="lock">
        <p>
          <b>{t("factor.news.title")}</b>
        </p>
        <p>{t("factor.news.text", { day: dayInWords(dayOf(me.factorChangedAt ?? ""), language) })}</p>
        <div className="tp-row">
          <QuietLink to="/ik/extra-beveiliging">{t("factor.news.look")}</QuietLink>
          <QuietButton onClick={() => read.mutate()}>{t("factor.news.mine")}</QuietButton>
        </div>
      </Note>
    </aside>
  );
}
