import { useMutation } from "@tanstack/react-query";
import { api, type Schema } from "~/api/client";

export type Why = Schema<"Why">;

export const WHYS: readonly Why[] = ["conversation", "asked", "mentor", "dossier", "move", "other"];

/** Says why one looks at this pupil's portfolio; it holds for a week. */
export function useSayWhy(pupilId: string) {
  return useMutation({
    mutationFn: (reason: { why: Why; note: string }) =>
      api.POST("/v1/pupils/{pupil_id}/look-reasons", {
        params: { path: { pupil_id: pupilId } },
        body: reason,
      }),
  });
}
