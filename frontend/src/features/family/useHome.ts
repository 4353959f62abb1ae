import { useQuery } from "@tanstack/react-query";
import { api, body, type Schema } from "~/api/client";

export type Child = Schema<"Child">;

/** A parent's children, each with the newest of what they share with home. */
export function useHome() {
  return useQuery({ queryKey: ["home"], queryFn: () => body(api.GET("/v1/home")) });
}
