import { useMutation, useQueryClient } from "@tanstack/react-query";
import { api, type Schema } from "~/api/client";
import { ME } from ".";

type Given = Schema<"ConsentAnswer"> & { purpose: Schema<"PurposeCode"> };

/** Says yes or no to what is asked about a pupil; what follows from it is read anew. */
export function useAnswerConsent(pupilId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ purpose, ...answer }: Given) =>
      api.PUT("/v1/pupils/{pupil_id}/consents/{purpose}", {
        params: { path: { pupil_id: pupilId, purpose } },
        body: answer,
      }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ME }),
        queries.invalidateQueries({ queryKey: ["consents", pupilId] }),
        queries.invalidateQueries({ queryKey: ["home"] }),
      ]),
  });
}
