import { useParams } from "wouter";
import { useMe } from "~/session";
import { GroupScreen, NoGroup } from "./GroupScreen";

/** The class at this address, else the first of this teacher's classes. */
export default function GroupRoute() {
  const { groups } = useMe();
  const { groupId = groups[0]?.id } = useParams<{ groupId?: string }>();
  if (!groupId) return <NoGroup />;
  const own = groups.some((group) => group.id === groupId);
  return <GroupScreen id={groupId} groups={own ? groups : []} withQueue={own} />;
}
