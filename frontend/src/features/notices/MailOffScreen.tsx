import { useState } from "react";
import { ApiProblem } from "~/api/client";
import { useT } from "~/i18n";
import { Button, ErrorState, Hero, LanguageSwitch, LinkButton, Loading, Logo, Note } from "~/ui";
import { useMailOf } from "./useMail";

/** With a mail in hand: the weekly mail off by one tap, and on again. Opening the page changes nothing. */
export default function MailOffScreen() {
  const t = useT();
  // Behind the #, so that no server on the way writes it down.
  const [token] = useState(() => location.hash.slice(1));
  const { state, change } = useMailOf(token);
  const unknown = token === "" || (state.error instanceof ApiProblem && state.error.status === 404);
  const weekly = state.data?.weekly;
  return (
    <>
      <Hero>
        <div className="tp-bar">
          <Logo />
          <LanguageSwitch />
        </div>
        <h1 tabIndex={-1}>{t("notices.off.title")}</h1>
      </Hero>
      <div className="tp-page tp-stack">
        {unknown && (
          <>
            <Note tone="wait">
              <p>{t("notices.off.gone")}</p>
            </Note>
            <LinkButton to="/berichten/instellingen">{t("notices.off.start")}</LinkButton>
          </>
        )}
        {!unknown && state.isPending && <Loading cards={1} />}
        {!unknown && state.isError && <ErrorState error={state.error} onRetry={() => state.refetch()} />}
        {change.isError && <ErrorState error={change.error} />}
        <div role="status" className="tp-stack">
          {weekly === false && <p className="tp-lead">{t("notices.off.done")}</p>}
          {weekly === true && change.isSuccess && <p className="tp-lead">{t("notices.off.isOn")}</p>}
          {weekly === true && !change.isSuccess && <p className="tp-lead">{t("notices.off.ask")}</p>}
        </div>
        {weekly !== undefined && (
          <Button
            look={weekly ? undefined : "secondary"}
            wide
            busy={change.isPending}
            onClick={() => change.mutate(!weekly)}
          >
            {t(weekly ? "notices.off.button" : "notices.off.on")}
          </Button>
        )}
      </div>
    </>
  );
}
