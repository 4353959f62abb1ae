import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type WordChange = Schema<"WordChange">;
export type FieldChances = Schema<"FieldChances">;

const pictureKey = (pupilId: string) => ["picture", pupilId] as const;

/** A pupil's talent picture, as far as this viewer may see it. */
export function usePicture(pupilId: string) {
  return useQuery({
    queryKey: pictureKey(pupilId),
    queryFn: () =>
      body(api.GET("/v1/pupils/{pupil_id}/picture", { params: { path: { pupil_id: pupilId } } })),
  });
}

/** The region's newest figures about chances on work. */
export function useJobChances() {
  return useQuery({
    queryKey: ["job-chances"],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: () => body(api.GET("/v1/job-chances")),
  });
}

function useFreshPicture(pupilId: string) {
  const cache = useQueryClient();
  return () => cache.invalidateQueries({ queryKey: pictureKey(pupilId) });
}

/** Gives a word at an entry. */
export function useGiveWord(pupilId: string) {
  const fresh = useFreshPicture(pupilId);
  return useMutation({
    mutationFn: ({ entryId, ...given }: { entryId: string; word: string; saidBy?: string | null }) =>
      body(
        api.POST("/v1/entries/{entry_id}/words", { params: { path: { entry_id: entryId } }, body: given }),
      ),
    onSettled: fresh,
  });
}

/** Takes one's own word back. */
export function useTakeBack(pupilId: string) {
  const fresh = useFreshPicture(pupilId);
  return useMutation({
    mutationFn: (wordId: string) =>
      api.DELETE("/v1/words/{word_id}", { params: { path: { word_id: wordId } } }),
    onSettled: fresh,
  });
}

/** The pupil hides a word, gives it another name, or has it as it was given. */
export function useChooseWord(pupilId: string) {
  const fresh = useFreshPicture(pupilId);
  return useMutation({
    mutationFn: (change: WordChange) => api.PUT("/v1/me/words", { body: change }),
    onSettled: fresh,
  });
}
