import { useQuery } from "@tanstack/react-query";
import { useParams } from "wouter";
import { api, body, type Schema } from "~/api/client";
import { useT } from "~/i18n";
import { Avatar, EmptyState, ErrorState, Loading, QuietLink } from "~/ui";
import "./consents.css";

const ORDER = ["no", "open", "yes"] as const;

/** Who in a class may be recognisable in photos and films: first those for whom it matters. */
export default function GroupConsentsScreen() {
  const t = useT();
  const { groupId = "" } = useParams<{ groupId: string }>();
  const consents = useQuery({
    queryKey: ["group-consents", groupId],
    queryFn: () =>
      body(api.GET("/v1/groups/{group_id}/consents", { params: { path: { group_id: groupId } } })),
  });
  const items = consents.data?.items ?? [];
  return (
    <div className="tp-page tp-stack">
      <p>
        <QuietLink to={`/klas/${groupId}`} icon="back">
          {t("consents.toClass")}
        </QuietLink>
      </p>
      <h1 tabIndex={-1}>{t("consents.group.title")}</h1>
      <p>{t("consents.group.intro")}</p>
      {consents.isPending && <Loading />}
      {consents.isError && <ErrorState error={consents.error} onRetry={() => consents.refetch()} />}
      {consents.isSuccess && items.length === 0 && <EmptyState>{t("consents.group.empty")}</EmptyState>}
      {ORDER.map((state) => (
        <Pupils key={state} state={state} pupils={items.filter((item) => item.state === state)} />
      ))}
    </div>
  );
}

function Pupils({
  state,
  pupils,
}: {
  state: (typeof ORDER)[number];
  pupils: readonly Schema<"PupilConsent">[];
}) {
  const t = useT();
  if (pupils.length === 0) return null;
  return (
    <section className="tp-card tp-stack" aria-labelledby={`consent-${state}`}>
      <h2 id={`consent-${state}`}>{t(`consents.group.${state}`, { count: pupils.length })}</h2>
      <ul className="consents__pupils">
        {pupils.map(({ pupil }) => (
          <li key={pupil.id} className="tp-row tp-row--nowrap">
            <Avatar id={pupil.id} name={pupil.name} />
            <bdi>{pupil.name}</bdi>
          </li>
        ))}
      </ul>
    </section>
  );
}
