import { useLanguage, useT } from "~/i18n";
import { megabytes } from "~/i18n/dates";
import { Button, Icon, Note } from "~/ui";
import { type HandIn, problemOf, useAskPdf } from "./useDossier";

/** The dossier on paper: made when it is asked for, told when it is there or did not work out. */
export function Pdf({ handIn }: { handIn: HandIn }) {
  const t = useT();
  const language = useLanguage();
  const ask = useAskPdf(handIn.id);
  const { state, size } = handIn.pdf;
  const failed = ask.isError || state === "failed";
  return (
    <section className="tp-card tp-stack" aria-labelledby="pdf">
      <div>
        <h2 id="pdf" className="dossier__panel">
          {t("dossier.pdf")}
        </h2>
        <p className="tp-small tp-soft">{t("dossier.pdf.text")}</p>
      </div>
      <div role="status">
        {state === "asked" && !failed && (
          <p className="tp-row tp-row--nowrap">
            <Icon name="wait" />
            <span>{t("dossier.pdf.busy")}</span>
          </p>
        )}
        {failed && (
          <Note tone="wait">
            <p>{problemOf(ask.error)?.message ?? t("dossier.pdf.failed")}</p>
          </Note>
        )}
      </div>
      {state === "ready" ? (
        <a
          className="utrecht-button utrecht-button--secondary-action"
          href={`/v1/dossiers/${handIn.id}/pdf`}
          download
        >
          <Icon name="file" />
          <span>{t("dossier.pdf.get", { size: megabytes(size ?? 0, language) })}</span>
        </a>
      ) : (
        (state !== "asked" || failed) && (
          <Button
            look="secondary"
            icon={failed ? "undo" : "file"}
            busy={ask.isPending}
            onClick={() => ask.mutate(undefined)}
          >
            {t(failed ? "dossier.pdf.again" : "dossier.pdf.make")}
          </Button>
        )
      )}
    </section>
  );
}
