import { useT } from "~/i18n";
import { usePageTitle } from "~/routing";
import { LinkButton, languageOf, Note } from "~/ui";
import { OnePage } from "./OnePage";
import { nameOf, ownFile, PageShown } from "./PageShown";
import type { Page } from "./useShowcase";

/** A page as somebody else sees it. */
export default function PreviewScreen() {
  return <OnePage below>{(page) => <Preview page={page} />}</OnePage>;
}

function Preview({ page: { id, shown, content } }: { page: Page }) {
  const t = useT();
  usePageTitle(`${t("showcase.preview")}: ${content.title}`);
  const wished = content.sections.reduce((sum, { stories }) => sum + stories.length, 0);
  const seen = shown.sections.reduce((sum, { stories }) => sum + stories.length, 0);
  return (
    <>
      <Note icon="eye">
        <p>{t("showcase.previewText")}</p>
        {seen < wished && <p>{t("showcase.previewLess", { count: wished - seen })}</p>}
      </Note>
      <div className="etalage__frame">
        <p className="etalage__name" dir="auto">
          {[nameOf(shown), shown.school].filter(Boolean).join(" · ")}
        </p>
        <h1 tabIndex={-1} dir="auto" lang={languageOf(shown.title)}>
          {shown.title}
        </h1>
        <PageShown page={shown} addressOf={ownFile} />
      </div>
      <div className="tp-row">
        <LinkButton to={`/mijn-etalage/${id}/delen`} icon="globe">
          {t("showcase.share")}
        </LinkButton>
        <LinkButton to={`/mijn-etalage/${id}`} look="secondary" icon="pencil">
          {t("showcase.change")}
        </LinkButton>
      </div>
    </>
  );
}
