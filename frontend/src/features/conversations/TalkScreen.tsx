import type { ReactNode } from "react";
import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { ErrorState, Loading, Note } from "~/ui";
import { HomeTalk } from "./HomeTalk";
import { PupilTalk } from "./PupilTalk";
import { StaffTalk } from "./StaffTalk";
import { type Talk, useTalk } from "./useTalks";
import "./conversations.css";
import "./conversations-print.css";

export type FromHome = (talk: Talk, below?: (card: Talk["homework"][number]) => ReactNode) => ReactNode;

export interface TalkScreenProps {
  id: string;
  /** The pupil's talent picture, drawn by what draws it elsewhere. */
  map: (talk: Talk) => ReactNode;
  /** Further cards beside the picture, such as the choice moments of this pupil. */
  more?: (talk: Talk) => ReactNode;
  /** What was filled in at home and shared. `below`: what can be done with a card. */
  fromHome: FromHome;
  /** What stands in its place where it does not open yet. */
  instead: (error: unknown, again: () => void) => ReactNode;
}

/** One talk: for the pupil to prepare and to say akkoord, for staff to hold, for home to read. */
export function TalkScreen({ id, map, more, fromHome, instead }: TalkScreenProps) {
  const t = useT();
  const talk = useTalk(id);
  const { data } = talk;
  usePageTitle(
    data &&
      t("talks.titleOf", {
        kind: t(`talks.kind.${data.kind}`),
        name: data.viewer === "self" ? data.heldWith.name : data.pupil.givenName,
      }),
  );
  const other = instead(talk.error, () => talk.refetch());
  if (other) return other;
  if (data?.viewer === "self") return <PupilTalk key={id} talk={data} fromHome={fromHome} />;
  if (data?.viewer === "school")
    return <StaffTalk key={id} talk={data} map={map(data)} more={more?.(data)} fromHome={fromHome(data)} />;
  if (data) return <HomeTalk talk={data} fromHome={fromHome(data)} />;
  const waits = talk.isPending && talk.fetchStatus === "paused";
  return (
    <div className="tp-page tp-stack">
      {(talk.isError || waits) && <h1 className="tp-hidden">{t("talks.one")}</h1>}
      {talk.isPending && !waits && <Loading />}
      {waits && (
        <Note icon="no-network">
          <p>{t("talks.offline")}</p>
        </Note>
      )}
      {talk.isError && <ErrorState error={talk.error} onRetry={() => talk.refetch()} />}
    </div>
  );
}
