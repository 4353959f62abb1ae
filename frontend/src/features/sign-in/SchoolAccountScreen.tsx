import { useState } from "react";
import { useParams, useSearch } from "wouter";
import { useT } from "~/i18n";
import { useSession } from "~/session";
import { lastUsed, useSchoolAccounts } from "~/session/schoolAccounts";
import { Button, Note } from "~/ui";
import { DeviceChoice } from "./DeviceChoice";
import { SignInPage } from "./SignInPage";
import { SomebodyElse } from "./SomebodyElse";
import { askedFor, useGoToSchoolAccount, whyNot } from "./useSchoolAccount";
import { type Device, problemInWords } from "./useSignIn";

/** Before one goes to the school account, and where one ends when that did not work. */
export default function SchoolAccountScreen() {
  const t = useT();
  const search = useSearch();
  const { provider: id = "" } = useParams();
  const { data: me } = useSession();
  const name = useSchoolAccounts().find((provider) => provider.id === id)?.name ?? t("signIn.school.unnamed");
  const [device, setDevice] = useState<Device>(lastUsed() === id ? "own" : "shared");
  const why = whyNot(search);
  // Who is signed in there with an account that opens nothing here can choose another.
  const go = useGoToSchoolAccount(id, askedFor(search), why === "vraag-school");
  if (me) return <SomebodyElse me={me} />;
  const problem = go.error ? problemInWords(go.error, t) : why && t(`signIn.school.not.${why}`, { name });
  return (
    <SignInPage title={t("signIn.school.title", { name })} lead={t("signIn.school.lead", { name })}>
      <div className="tp-page tp-stack sign-in__form">
        <div role="alert">
          {problem && (
            <Note tone="wait">
              <p>{problem}</p>
            </Note>
          )}
        </div>
        <DeviceChoice value={device} onChange={setDevice} />
        <Button
          wide
          iconAfter="forward"
          busy={go.isPending || go.isSuccess}
          onClick={() => go.mutate(device)}
        >
          {t("signIn.school.go", { name })}
        </Button>
      </div>
    </SignInPage>
  );
}
