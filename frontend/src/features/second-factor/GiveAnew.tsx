import type { Me } from "~/session";
import { ErrorState, Loading } from "~/ui";
import { Give } from "./Give";
import { useWays } from "./useFactors";

/** The second factor once more, of who is signed in. */
export default function GiveAnew({ onGiven }: { onGiven: (me: Me) => void }) {
  const ways = useWays();
  if (ways.isError) return <ErrorState error={ways.error} onRetry={() => ways.refetch()} />;
  return ways.data ? <Give ways={ways.data} onGiven={onGiven} /> : <Loading cards={1} />;
}
