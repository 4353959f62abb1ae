import { useState } from "react";
import { useT } from "~/i18n";
import { Button, Icon } from "~/ui";

const FILE = "talentportfolio-codes.txt";
/** Three groups of four with their dashes: where a code breaks on a narrow screen. */
const HALF = 15;

/** Ten codes, shown this once: to print, to download, and to say that they are kept. */
export function RecoveryCodes({ codes, onKept }: { codes: readonly string[]; onKept: () => void }) {
  const t = useT();
  const [kept, setKept] = useState(false);
  return (
    <div className="tp-stack factor__codes">
      <ol className="tp-card factor__list" dir="ltr">
        {codes.map((code) => (
          <li key={code}>
            <code>
              <span>{code.slice(0, HALF)}</span>
              <span>{code.slice(HALF)}</span>
            </code>
          </li>
        ))}
      </ol>
      <div className="tp-row factor__no-print">
        <Button look="secondary" icon="file" onClick={() => download(codes, t("factor.codes.title"))}>
          {t("factor.codes.download")}
        </Button>
        <Button look="secondary" onClick={() => print()}>
          {t("factor.codes.print")}
        </Button>
      </div>
      <label className="tp-choice__option factor__no-print">
        <input type="checkbox" checked={kept} onChange={(event) => setKept(event.target.checked)} />
        <span className="factor__tick">{kept && <Icon name="check" />}</span>
        {t("factor.codes.kept")}
      </label>
      <div className="factor__no-print">
        <Button wide disabled={!kept} onClick={onKept}>
          {t("factor.codes.done")}
        </Button>
      </div>
    </div>
  );
}

function download(codes: readonly string[], title: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([`${title}\n\n${codes.join("\n")}\n`], { type: "text/plain" }));
  link.download = FILE;
  link.click();
  URL.revokeObjectURL(link.href);
}
