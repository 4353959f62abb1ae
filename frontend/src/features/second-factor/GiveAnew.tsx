import { useT } from "~/i18n";
import type { FactorDue, Me } from "~/session";
import { ErrorState, Loading } from "~/ui";
import { Give } from "./Give";
import { SignInAnew } from "./SignInAnew";
import { useWays } from "./useFactors";

/** The second factor once more, of who is signed in; before there is one, the password or the school account. */
export default function GiveAnew({ onGiven }: { onGiven: (who: Me | FactorDue) => void }) {
  const t = useT();
  const ways = useWays();
  if (ways.isError) return <ErrorState error={ways.error} onRetry={() => ways.refetch()} />;
  if (!ways.data) return <Loading cards={1} />;
  if (ways.data.length === 0) return <SignInAnew />;
  return (
    <>
      <p>{t(ways.data.includes("password") ? "factor.fresh.password" : "factor.fresh.text")}</p>
      <Give ways={ways.data} onGiven={onGiven} />
    </>
  );
}
