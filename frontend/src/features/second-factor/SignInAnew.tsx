import { useT } from "~/i18n";
import { useSession } from "~/session";
import { useSchoolAccounts } from "~/session/schoolAccounts";
import { Button, Note } from "~/ui";
import { inWords, useSchoolAccountAnew } from "./useFactors";

/** Who has no password shows it at the school account, and comes back to this screen. */
export function SignInAnew() {
  const t = useT();
  const { data: me } = useSession();
  const anew = useSchoolAccountAnew();
  const provider = useSchoolAccounts().find(({ id }) => id === me?.schoolAccount);
  if (!me || !provider) return <p>{t("factor.fresh.signIn")}</p>;
  return (
    <div className="tp-stack">
      <p>{t("factor.fresh.school", { name: provider.name })}</p>
      <div role="alert">
        {anew.isError && (
          <Note tone="wait">
            <p>{inWords(anew.error, t)}</p>
          </Note>
        )}
      </div>
      <Button
        wide
        busy={anew.isPending}
        onClick={() => anew.mutate({ provider: provider.id, device: me.device })}
      >
        {t("signIn.school.go", { name: provider.name })}
      </Button>
    </div>
  );
}
