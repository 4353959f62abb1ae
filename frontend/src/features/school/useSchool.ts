import { useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type School = Schema<"SchoolPage">;

/** The dean's school: its groups in counts. */
export function useSchool(id: string) {
  return useQuery({
    queryKey: ["school", id],
    queryFn: () => body(api.GET("/v1/schools/{school_id}", { params: { path: { school_id: id } } })),
  });
}
