import { useState } from "react";
import { useLocation } from "wouter";
import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { useMe } from "~/session";
import { Button, Dialog, EmptyState, ErrorState, Loading, Note, QuietLink } from "~/ui";
import { PlanTalk } from "./PlanTalk";
import { Parts } from "./TalksScreen";
import { usePupilTalks } from "./useTalks";

/** The talks of one pupil, and a new one where this viewer plans. */
export function PupilTalks({ pupilId }: { pupilId: string }) {
  const t = useT();
  const me = useMe();
  const [, go] = useLocation();
  const talks = usePupilTalks(pupilId);
  const [planning, setPlanning] = useState(false);
  const data = talks.data;
  const own = pupilId === me.id;
  const name = data?.pupil.givenName ?? "";
  usePageTitle(data && !own ? t("talks.of", { name }) : undefined);
  const waits = talks.isPending && talks.fetchStatus === "paused";
  const none = data && data.coming.length + data.open.length + data.behind.length === 0;
  return (
    <div className="tp-page tp-stack">
      <header className="tp-stack">
        {!own && data && (
          <p>
            <QuietLink to={`/leerling/${pupilId}`} icon="back">
              {t("talks.toPortfolio", { name })}
            </QuietLink>
          </p>
        )}
        <div>
          <h1 tabIndex={-1}>{own || !data ? t("talks.title") : t("talks.of", { name })}</h1>
          {own && <p className="tp-soft">{t("talks.intro")}</p>}
        </div>
        {data && data.partners.length > 0 && (
          <div>
            <Button icon="plus" onClick={() => setPlanning(true)}>
              {t("talks.plan")}
            </Button>
          </div>
        )}
      </header>
      {talks.isPending && !waits && <Loading cards={2} />}
      {waits && (
        <Note icon="no-network">
          <p>{t("talks.offline")}</p>
        </Note>
      )}
      {talks.isError && <ErrorState error={talks.error} onRetry={() => talks.refetch()} />}
      {none && <EmptyState>{t(own ? "talks.empty" : "talks.emptyOf", { name })}</EmptyState>}
      {data && <Parts lists={data} viewer={own ? "self" : "other"} atHome={data.viewer === "home"} />}
      {data && (
        <Dialog
          title={own ? t("talks.planTitle") : t("talks.planTitleWith", { name })}
          open={planning}
          onClose={() => setPlanning(false)}
        >
          <PlanTalk
            pupil={data.pupil}
            own={own}
            partners={data.partners}
            holder={data.partners.find(({ id }) => id === me.id)?.id}
            onDone={(id) => go(`/gesprek/${id}`)}
            onCancel={() => setPlanning(false)}
          />
        </Dialog>
      )}
    </div>
  );
}
