import { useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Consent = Schema<"ConsentOut">;
export type Line = Schema<"ConsentLine">;

/** What is asked about this pupil, and the register. Reading it counts as being asked. */
export function useConsents(pupilId: string) {
  return useQuery({
    queryKey: ["consents", pupilId],
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/consents", { params: { path: { pupil_id: pupilId } } })),
  });
}

/** The words in the reader's language; Dutch where they are not there. */
export function languageOfWords(texts: Record<string, string>, language: string): string {
  return texts[language] ? language : "nl";
}

export function wordsOf(texts: Record<string, string>, language: string, name: string): string {
  return (texts[language] ?? texts.nl ?? "").replaceAll("{name}", name);
}
