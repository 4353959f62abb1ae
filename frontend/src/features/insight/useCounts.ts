import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Counts = Schema<"Counts">;
export type Publication = Schema<"Set">;
export type Figure = Schema<"FigureOut">;
export type Report = Schema<"Report">;

/** The city's figures, or a school's: of one publication, else the newest. They never change once they are set. */
export function useCounts(schoolId: string | null, publication: string | undefined) {
  return useQuery({
    queryKey: ["counts", schoolId, publication],
    placeholderData: keepPreviousData,
    queryFn: () =>
      body(
        schoolId === null
          ? api.GET("/v1/city-counts", { params: { query: { publication } } })
          : api.GET("/v1/schools/{school_id}/counts", {
              params: { path: { school_id: schoolId }, query: { publication } },
            }),
      ),
  });
}

/** Where the same figures lie as a file. */
export function sheetOf(schoolId: string | null, publication: string): string {
  const whose = schoolId === null ? "/v1/city-counts" : `/v1/schools/${schoolId}/counts`;
  return `${whose}/sheet?publication=${publication}`;
}
