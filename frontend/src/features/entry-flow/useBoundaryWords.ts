import { useQuery } from "@tanstack/react-query";
import { api, body } from "~/api/client";
import { type MessageId, useLanguage, useT } from "~/i18n";

/** The questions before and after a boundary experience, as the question sets call them. */
const ASKED = {
  knows: "boundary-before-1",
  who: "boundary-before-2",
  forward: "boundary-before-3",
  surprised: "boundary-after-1",
  different: "boundary-after-2",
  list: "boundary-after-3",
} as const;

const DAY_MS = 24 * 60 * 60_000;

type Ask = keyof typeof ASKED;

/** The words of these questions, of the set that holds now; those that the app came with where there is no network. */
export function useBoundaryWords(): (ask: Ask) => string {
  const t = useT();
  const language = useLanguage();
  const { data } = useQuery({
    queryKey: ["questions", "boundary", language],
    staleTime: DAY_MS,
    queryFn: async () => {
      const query = { band: "B", level: "vmbo", kind: "experience" } as const;
      const { before, after } = await body(api.GET("/v1/questions", { params: { query } }));
      return [...before, ...after];
    },
  });
  return (ask) => data?.find(({ id }) => id === ASKED[ask])?.text ?? t(`flow.ask.${ask}` satisfies MessageId);
}
