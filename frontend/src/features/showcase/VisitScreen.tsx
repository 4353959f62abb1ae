import { type FormEvent, type ReactNode, useState } from "react";
import { useLanguage, useT } from "~/i18n";
import { dayInWords } from "~/i18n/dates";
import { usePageTitle } from "~/routing";
import { Button, Hero, LanguageSwitch, Loading, Logo, languageOf, Note, QuietButton, TextField } from "~/ui";
import { useVisited } from "~/ui/useVisited";
import { type FileAddress, nameOf, PageShown } from "./PageShown";
import { asksCode, inWords, isGone, useVisit, type Visit } from "./useVisit";
import "./showcase.css";

/** Where a link lands: the one page, without signing in; a code where the pupil asks for one. */
export default function VisitScreen() {
  const t = useT();
  const { link, visit, page, opening } = useVisit();
  const [typed, setTyped] = useState(false);
  if (visit) return <Open visit={visit} />;
  if (link === "" || isGone(opening.error)) {
    return (
      <Frame title={t("showcase.visit.gone")}>
        <p>{t("showcase.visit.goneText")}</p>
        <p className="tp-soft">{t("showcase.visit.goneWhy")}</p>
      </Frame>
    );
  }
  // A code that is being looked at, or for which the network was lost, is still a code.
  if (asksCode(opening.error) || typed) {
    const send = (code: string) => {
      setTyped(true);
      opening.mutate(code);
    };
    return <CodeStep busy={opening.isPending} problem={opening.error} onCode={send} />;
  }
  const offline = opening.isPaused || page.fetchStatus === "paused";
  const problem = offline ? "showcase.visit.offline" : (inWords(opening.error) ?? inWords(page.error));
  if (problem) {
    return (
      <Frame title={t("showcase.title")}>
        <p role="alert">{t(problem)}</p>
        {!offline && (
          <div>
            <Button
              look="secondary"
              icon="undo"
              busy={opening.isPending}
              onClick={() => (page.isError ? void page.refetch() : opening.mutate(undefined))}
            >
              {t("ui.again")}
            </Button>
          </div>
        )}
      </Frame>
    );
  }
  return <Loading />;
}

function Open({ visit }: { visit: Visit }) {
  const t = useT();
  const language = useLanguage();
  const { page } = visit;
  const addressOf: FileAddress = (id, way) =>
    `/v1/showcase/visits/${visit.visit}/files/${id}${way === "thumbnail" ? "/thumbnail" : ""}`;
  usePageTitle(`${page.title} · ${nameOf(page)}`);
  return (
    <Frame
      wide
      title={page.title}
      above={[nameOf(page), page.school].filter(Boolean).join(" · ")}
      below={
        <footer className="etalage__foot tp-small tp-soft">
          <p>{t("showcase.visit.by", { name: page.givenName })}</p>
          <p>{t("showcase.visit.until", { day: dayInWords(visit.until, language) })}</p>
          <QuietButton icon="print" onClick={() => print()}>
            {t("showcase.visit.print")}
          </QuietButton>
        </footer>
      }
    >
      <PageShown page={page} addressOf={addressOf} />
    </Frame>
  );
}

const FIGURES = 6;

function CodeStep({
  busy,
  problem,
  onCode,
}: {
  busy: boolean;
  problem: unknown;
  onCode: (code: string) => void;
}) {
  const t = useT();
  const [code, setCode] = useState("");
  const [short, setShort] = useState(false);
  const go = (event: FormEvent) => {
    event.preventDefault();
    setShort(code.length < FIGURES);
    if (code.length === FIGURES && !busy) onCode(code);
  };
  const wrong = busy ? undefined : inWords(problem);
  return (
    <Frame title={t("showcase.visit.code")}>
      <p>{t("showcase.visit.codeText")}</p>
      <div role="alert">
        {wrong && (
          <Note tone="wait">
            <p>{t(wrong)}</p>
          </Note>
        )}
      </div>
      <form className="tp-stack" onSubmit={go} noValidate>
        <TextField
          className="utrecht-textbox utrecht-textbox--html-input etalage__code"
          label={t("showcase.visit.codeLabel")}
          error={short ? t("showcase.visit.short") : undefined}
          autoComplete="off"
          inputMode="numeric"
          value={code}
          onChange={({ target }) => {
            setShort(false);
            setCode(target.value.replace(/[^\p{Nd}]/gu, "").slice(0, FIGURES));
          }}
        />
        <div>
          <Button type="submit" iconAfter="forward" busy={busy}>
            {t("showcase.visit.open")}
          </Button>
        </div>
      </form>
    </Frame>
  );
}

/** Around what is shown: no places to go to, the language, and a heading at which a new step begins. */
function Frame({
  title,
  above,
  below,
  wide,
  children,
}: {
  title: string;
  above?: string;
  below?: ReactNode;
  wide?: boolean;
  children: ReactNode;
}) {
  const page = useVisited(title);
  return (
    <div className={wide ? "etalage etalage--wide" : "etalage"} ref={page}>
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch />
        </div>
        {above && (
          <p className="etalage__name" dir="auto">
            {above}
          </p>
        )}
        <h1 tabIndex={-1} dir="auto" lang={above && languageOf(title)}>
          {title}
        </h1>
      </Hero>
      <div className={wide ? "tp-page tp-page--wide" : "tp-page tp-stack"}>
        {children}
        {below}
      </div>
    </div>
  );
}
