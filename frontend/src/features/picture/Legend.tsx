import { useT } from "~/i18n";

/** What the signs on the chart mean, and that sizes mean nothing. */
export function Legend({ route, open, soon }: { route: boolean; open: boolean; soon: boolean }) {
  const t = useT();
  return (
    <ul className="map__legend tp-small" aria-label={t("picture.legend")}>
      {route && (
        <li>
          <svg viewBox="0 0 40 16" aria-hidden="true">
            <path className="map__route" d="M2 8h36" />
          </svg>
          {t("picture.legend.route")}
        </li>
      )}
      <li>
        <svg viewBox="0 0 28 28" aria-hidden="true">
          <path className="map__flag" d="M8 26V4l16 6-16 6" />
        </svg>
        {t("picture.legend.flag")}
      </li>
      {open && (
        <li>
          <svg viewBox="0 0 34 28" aria-hidden="true">
            <ellipse className="map__open" cx="17" cy="14" rx="14" ry="10" />
          </svg>
          {t("picture.legend.open")}
        </li>
      )}
      {soon && (
        <li>
          <svg viewBox="0 0 34 28" aria-hidden="true">
            <rect className="map__soon" x="2" y="6" width="30" height="16" rx="8" />
          </svg>
          {t("picture.legend.soon")}
        </li>
      )}
      <li>{t("picture.legend.size")}</li>
    </ul>
  );
}
