import { useT } from "~/i18n";
import { type Me, useSignOut } from "~/session";
import { Button, LinkButton } from "~/ui";
import { SignInPage } from "./SignInPage";

/** Somebody is signed in here while somebody comes in: that is asked first. */
export function SomebodyElse({ me }: { me: Me }) {
  const t = useT();
  const signOut = useSignOut();
  return (
    <SignInPage title={t("signIn.card.other", { name: me.givenName })}>
      <div className="tp-page tp-stack sign-in__form">
        <p>{t("signIn.card.otherHint")}</p>
        <Button wide onClick={() => void signOut()}>
          {t("signIn.card.signOut")}
        </Button>
        <LinkButton to="/" look="secondary" wide>
          {t("signIn.card.stay", { name: me.givenName })}
        </LinkButton>
      </div>
    </SignInPage>
  );
}
