import { type QueryClient, queryOptions, useQueries } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";
import { useLanguage } from "~/i18n";
import { today } from "~/i18n/dates";

type Details = Schema<"EntryContent">["details"];
type Kind = Details["kind"];
type Form = Extract<Details, { kind: "experience" }>["form"];
type Asked = Schema<"AskedQuestions">;

const KINDS: readonly Kind[] = ["experience", "work_sample", "interview", "article", "result", "reflection"];
/** A school may have changed its questions meanwhile; what is on screen with words in it stays. */
const ASKED_ANEW_MS = 10 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

const keyOf = (kind: Kind, form: Form, rotation: number, language: string) =>
  ["questions", kind, form ?? null, rotation, language] as const;

/** The questions of product and school for something of this kind and form; `rotation` is where in the set it starts. */
export function questionsOf(kind: Kind, form: Form, rotation: number, language: string) {
  return queryOptions({
    queryKey: keyOf(kind, form, rotation, language),
    staleTime: ASKED_ANEW_MS,
    queryFn: () =>
      body(api.GET("/v1/me/questions", { params: { query: { kind, form: form ?? undefined, rotation } } })),
  });
}

/**
 * Reads once a day what may be asked, so that a story that begins in a dead spot has its questions too. Each day starts
 * further on in the set.
 */
export function useQuestionsAtHand(forms: readonly Form[], wanted: boolean): void {
  const language = useLanguage();
  const rotation = Number(today().slice(-2));
  const asked = [
    ...KINDS.map((kind) => [kind, null] as const),
    ...[...new Set(forms)].flatMap((form) => (form ? [["experience", form] as const] : [])),
  ];
  useQueries({
    queries: asked.map(([kind, form]) => ({
      ...questionsOf(kind, form, rotation, language),
      staleTime: DAY_MS,
      enabled: wanted,
      notifyOnChangeProps: [] as [],
    })),
  });
}

/** What this device has of before that comes nearest: for this form, else for any, in this language if there is one. */
export function questionsAtHand(
  queries: QueryClient,
  kind: Kind,
  form: Form,
  language: string,
): Asked | undefined {
  const found = queries.getQueriesData<Asked>({ queryKey: ["questions", kind] });
  const near = ([, , itsForm, , itsLanguage]: readonly unknown[]) =>
    (itsForm === (form ?? null) ? 4 : itsForm === null ? 2 : 0) + (itsLanguage === language ? 1 : 0);
  const known = found.filter(([, data]) => data !== undefined);
  return known.sort(([one], [other]) => near(other) - near(one))[0]?.[1];
}
