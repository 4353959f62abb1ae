import { useEffect, useState } from "react";
import { Redirect } from "wouter";
import { useT } from "~/i18n";
import { useSession } from "~/session";
import { ErrorState, LinkButton, Loading, Note } from "~/ui";
import { DeviceChoice } from "./DeviceChoice";
import { PinPad } from "./PinPad";
import { SignInPage } from "./SignInPage";
import { SomebodyElse } from "./SomebodyElse";
import { isOutdated, secretOf, useCardLook, useSignInByCard } from "./usePupilSignIn";
import { type Device, problemInWords } from "./useSignIn";

/** Where the QR code of a card lands; without a card: how to scan one. */
export default function CardScreen() {
  const secret = useSecret();
  const { data: me } = useSession();
  const signIn = useSignInByCard();
  if (signIn.isSuccess) return <Redirect to="/" replace />;
  if (me && secret !== "") return <SomebodyElse me={me} />;
  return secret === "" ? <HowToScan /> : <Card key={secret} secret={secret} signIn={signIn} />;
}

/** The secret of the card that was scanned; it does not stay in the address bar, nor in the history. */
function useSecret(): string {
  const [secret, setSecret] = useState(() => secretOf(location.hash));
  useEffect(() => {
    const take = () => {
      const scanned = secretOf(location.hash);
      if (scanned === "") return;
      setSecret(scanned);
      history.replaceState(history.state, "", location.pathname);
    };
    take();
    addEventListener("hashchange", take);
    return () => removeEventListener("hashchange", take);
  }, []);
  return secret;
}

function HowToScan() {
  const t = useT();
  return (
    <SignInPage title={t("signIn.scan.title")} lead={t("signIn.scan.lead")}>
      <div className="tp-page tp-stack sign-in__form">
        <ol className="sign-in__steps">
          <li>{t("signIn.scan.1")}</li>
          <li>{t("signIn.scan.2")}</li>
          <li>{t("signIn.scan.3")}</li>
        </ol>
        <LinkButton to="/klascode" look="secondary" wide>
          {t("signIn.scan.none")}
        </LinkButton>
      </div>
    </SignInPage>
  );
}

function Card({ secret, signIn }: { secret: string; signIn: ReturnType<typeof useSignInByCard> }) {
  const t = useT();
  const look = useCardLook();
  const [device, setDevice] = useState<Device>("shared");
  const { mutate } = look;
  useEffect(() => mutate(secret), [mutate, secret]);

  if (look.isError) {
    return (
      <SignInPage title={t("signIn.card.title")}>
        <div className="tp-page tp-stack sign-in__form">
          <ErrorState error={look.error} onRetry={() => mutate(secret)} />
          <LinkButton to="/klascode" look="secondary" wide>
            {t("signIn.scan.none")}
          </LinkButton>
        </div>
      </SignInPage>
    );
  }
  if (!look.data) return <Loading cards={1} />;
  const { choosePin } = look.data;
  return (
    <SignInPage title={t(choosePin ? "signIn.card.first" : "signIn.card.title")}>
      <div className="tp-page sign-in__form">
        <PinPad
          key={String(choosePin)}
          choose={choosePin}
          busy={signIn.isPending}
          problem={signIn.error ? problemInWords(signIn.error, t) : undefined}
          onDone={(pin) =>
            signIn.mutate(
              { secret, pin, choosePin, device },
              { onError: (problem) => isOutdated(problem) && mutate(secret) },
            )
          }
        >
          <DeviceChoice value={device} onChange={setDevice} />
          <Note>
            <p>{t("signIn.pin.forgot")}</p>
          </Note>
        </PinPad>
      </div>
    </SignInPage>
  );
}
