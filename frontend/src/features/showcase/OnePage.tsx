import type { ReactNode } from "react";
import { useParams } from "wouter";
import { useT } from "~/i18n";
import { ErrorState, Loading, QuietLink } from "~/ui";
import { type Material, type Page, useMaterial, usePage } from "./useShowcase";
import "./showcase.css";
import "./compose.css";

type Props = {
  children: (page: Page, material: Material) => ReactNode;
  /** A screen that is reached from the page, and leads back to it. */
  below?: boolean;
};

/** A screen about one own page: waits for it, and for what can be put on it. */
export function OnePage({ children, below = false }: Props) {
  const t = useT();
  const { pageId = "" } = useParams<{ pageId: string }>();
  const [page, material] = [usePage(pageId), useMaterial()];
  const both = [page, material];
  const failed = both.find((one) => one.isError && one.data === undefined);
  const waits = both.find((one) => one.isPending);
  return (
    <div className="tp-page tp-stack">
      <p>
        {below && page.data ? (
          <QuietLink to={`/mijn-etalage/${pageId}`} icon="back">
            <bdi>{t("showcase.toPage", { title: page.data.content.title })}</bdi>
          </QuietLink>
        ) : (
          <QuietLink to="/mijn-etalage" icon="back">
            {t("showcase.toList")}
          </QuietLink>
        )}
      </p>
      {failed ? (
        <>
          <h1 className="tp-hidden">{t("showcase.mine")}</h1>
          <ErrorState error={failed.error} onRetry={() => failed.refetch()} />
        </>
      ) : waits ? (
        waits.fetchStatus === "paused" ? (
          <ErrorState error={null} onRetry={() => waits.refetch()} />
        ) : (
          <Loading cards={3} />
        )
      ) : (
        page.data && material.data && children(page.data, material.data)
      )}
    </div>
  );
}
