import { useT } from "~/i18n";
import { EmptyState, ErrorState, Loading } from "~/ui";
import { LinkCard } from "./LinkCard";
import { useLinks } from "./useLinks";
import "./outside-own.css";

/** All whom the pupil asked outside, also what is over. */
export default function LinksScreen() {
  const t = useT();
  const links = useLinks();
  return (
    <div className="tp-page tp-stack">
      <h1 tabIndex={-1}>{t("outsideOwn.all.title")}</h1>
      <p>{t("outsideOwn.all.intro")}</p>
      {links.isPending && (links.fetchStatus === "paused" ? <ErrorState error={null} /> : <Loading />)}
      {links.isError && <ErrorState error={links.error} onRetry={() => links.refetch()} />}
      {links.data?.items.length === 0 && <EmptyState>{t("outsideOwn.all.empty")}</EmptyState>}
      {links.data?.items.map((link) => (
        <LinkCard key={link.id} link={link} about />
      ))}
    </div>
  );
}
