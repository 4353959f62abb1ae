import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiProblem, api, body, ifMatch, type Schema } from "~/api/client";
import { useLanguage } from "~/i18n";

export type Content = Required<Schema<"SchoolQuestionContent">>;
export type OwnQuestion = Required<Schema<"SchoolQuestionOut">>;
export type Packaged = Schema<"PackagedQuestion">;
export type Band = Content["bands"][number];
export type Competency = Content["competency"];

export const BANDS = ["A", "B", "C", "D"] as const;
export const COMPETENCIES = ["qualities", "motives", "work_exploration", "steering", "networking"] as const;

const keyOf = (schoolId: string | undefined) => ["school-questions", schoolId] as const;

/** The questions of a school, as its teachers and deans see them. */
export function useSchoolQuestions(schoolId: string | undefined) {
  return useQuery({
    queryKey: keyOf(schoolId),
    enabled: schoolId !== undefined,
    queryFn: () =>
      body(api.GET("/v1/schools/{school_id}/questions", { params: { path: { school_id: schoolId ?? "" } } })),
  });
}

/** The product's own questions; the same for everybody. */
export function usePackaged() {
  const language = useLanguage();
  return useQuery({
    queryKey: ["question-sets", language],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => (await body(api.GET("/v1/question-sets"))).items,
  });
}

/** Adds a question under the id that was made here, or makes the next version from `version`. */
export function useKeep(schoolId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, content, version }: { id: string; content: Content; version: number | null }) =>
      body(
        api.PUT("/v1/schools/{school_id}/questions/{question_id}", {
          params: {
            path: { school_id: schoolId, question_id: id },
            header: version === null ? {} : { "if-match": `"${version}"` },
          },
          body: content,
        }),
      ),
    onSettled: () => cache.invalidateQueries({ queryKey: keyOf(schoolId) }),
  });
}

/** Withdraws a question, or brings it back. */
export function useMove(schoolId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ question, to }: { question: OwnQuestion; to: "withdraw" | "bring-back" }) => {
      const params = { path: { school_id: schoolId, question_id: question.id } };
      const headers = ifMatch(question.version);
      return to === "withdraw"
        ? api.POST("/v1/schools/{school_id}/questions/{question_id}/withdraw", { params, headers })
        : api.POST("/v1/schools/{school_id}/questions/{question_id}/bring-back", { params, headers });
    },
    onSettled: () => cache.invalidateQueries({ queryKey: keyOf(schoolId) }),
  });
}

/** What the server said, where it said something. */
export function problemOf(error: unknown): ApiProblem | undefined {
  return error instanceof ApiProblem ? error : undefined;
}
