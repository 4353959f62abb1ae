import { Link } from "wouter";
import { useT } from "~/i18n";
import { schoolYear } from "~/i18n/dates";
import { EmptyState, ErrorState, Loading, Note, QuietLink } from "~/ui";
import { groupName } from "~/ui/groupName";
import { PupilTiles } from "./PupilTiles";
import { QuietPupils } from "./QuietPupils";
import { SeenTogether } from "./SeenTogether";
import { type Group, useGroup, useLockedCount } from "./useGroup";
import { WaitingList } from "./WaitingList";
import "./group.css";

type GroupName = Pick<Group, "id" | "name" | "level">;

type Props = {
  id: string;
  /** The classes between which this teacher switches; none for who came here from the school page. */
  groups: readonly GroupName[];
  /** What waits for this viewer to look at; a dean looks along and has no queue of their own. */
  withQueue: boolean;
};

/** The class: who is in it, what waits, and of whom nothing was heard for a while. */
export function GroupScreen({ id, groups, withQueue }: Props) {
  const t = useT();
  const group = useGroup(id);
  return (
    <div className="tp-page tp-page--wide tp-stack">
      {!withQueue && (
        <p className="group__link">
          <QuietLink to="/school" icon="back">
            {t("group.toSchool")}
          </QuietLink>
        </p>
      )}
      {groups.length > 1 && <GroupSwitch groups={groups} chosen={id} />}
      {group.isPending && <Loading />}
      {group.isError && (
        <>
          <h1 className="tp-hidden">{t("group.documentTitle")}</h1>
          <ErrorState error={group.error} onRetry={() => group.refetch()} />
        </>
      )}
      {group.isSuccess && <Overview group={group.data} withQueue={withQueue} />}
    </div>
  );
}

/** A teacher without a class. */
export function NoGroup() {
  const t = useT();
  return (
    <div className="tp-page">
      <h1 className="tp-hidden">{t("group.documentTitle")}</h1>
      <EmptyState>{t("group.noGroups")}</EmptyState>
    </div>
  );
}

function GroupSwitch({ groups, chosen }: { groups: readonly GroupName[]; chosen: string }) {
  const t = useT();
  return (
    <nav className="tp-filter" aria-label={t("group.switch")}>
      {groups.map((group) => (
        <Link
          key={group.id}
          href={`/klas/${group.id}`}
          className="tp-filter__pill"
          aria-current={group.id === chosen ? "page" : undefined}
        >
          {groupName(group, t)}
        </Link>
      ))}
    </nav>
  );
}

function Overview({ group, withQueue }: { group: Group; withQueue: boolean }) {
  const t = useT();
  const locked = useLockedCount(group.id, withQueue);
  return (
    <>
      <header>
        <h1 tabIndex={-1}>{groupName(group, t)}</h1>
        <p className="tp-soft">
          {t("group.facts", {
            count: group.pupils.length,
            level: group.level,
            school: group.school.name,
            year: schoolYear(group.schoolYear),
          })}
        </p>
        {group.mentors.length > 0 && (
          <p className="tp-small tp-soft">{t("group.mentors", { names: group.mentors.join(", ") })}</p>
        )}
        {locked > 0 && (
          <Note tone="wait" icon="lock">
            <p>{t("group.locked", { count: locked })}</p>
          </Note>
        )}
        {withQueue && (
          <p className="group__link">
            <QuietLink to={`/klas/${group.id}/inloggen`} icon="lock">
              {t("classSignIn.link")}
            </QuietLink>{" "}
            <QuietLink to={`/klas/${group.id}/toestemming`} icon="camera">
              {t("group.consents")}
            </QuietLink>{" "}
            <QuietLink to={`/school/${group.school.id}/vragen`} icon="question">
              {t("questions.title")}
            </QuietLink>
          </p>
        )}
        <p className="group__link">
          <QuietLink to={`/klas/${group.id}/thuisopdracht`} icon="together">
            {t("group.homework")}
          </QuietLink>
        </p>
      </header>
      {group.pupils.length === 0 ? (
        <EmptyState>{t("group.empty")}</EmptyState>
      ) : (
        <div className="tp-columns">
          <PupilTiles pupils={group.pupils} withQueue={withQueue} />
          <div className="tp-stack">
            {withQueue && <WaitingList />}
            <QuietPupils groupId={group.id} pupils={group.pupils} withQueue={withQueue} />
            <SeenTogether groupId={group.id} />
          </div>
        </div>
      )}
    </>
  );
}
