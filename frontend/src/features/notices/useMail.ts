import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { api, body } from "~/api/client";

const MAIL = ["mail"] as const;

/** Where my mail goes, and whether the weekly mail is on. */
export function useMail() {
  return useQuery({ queryKey: MAIL, queryFn: () => body(api.GET("/v1/me/mail")) });
}

function useAfterwards() {
  const cache = useQueryClient();
  // Not waited for, as with notices.
  return () => {
    void cache.invalidateQueries({ queryKey: MAIL });
  };
}

/** A code goes to this address. */
export function useAskAddress() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (address: string) => body(api.PUT("/v1/me/mail/address", { body: { address } })),
    onSettled,
  });
}

/** The code that came: the address is mine. */
export function useConfirm() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (code: string) => body(api.POST("/v1/me/mail/confirmation", { body: { code } })),
    onSettled,
  });
}

/** The weekly mail on or off. */
export function useWeekly() {
  const onSettled = useAfterwards();
  return useMutation({
    mutationFn: (weekly: boolean) => body(api.PUT("/v1/me/mail/weekly", { body: { weekly } })),
    onSettled,
  });
}

/** No address any more. */
export function useForgetAddress() {
  const onSettled = useAfterwards();
  return useMutation({ mutationFn: () => body(api.DELETE("/v1/me/mail/address")), onSettled });
}

/** The weekly mail that this secret came out of. */
export function useMailOf(token: string) {
  const cache = useQueryClient();
  const queryKey = ["weekly-mail", token];
  const state = useQuery({
    queryKey,
    enabled: token !== "",
    retry: false,
    queryFn: () => body(api.GET("/v1/weekly-mail/{token}", { params: { path: { token } } })),
  });
  const change = useMutation({
    mutationFn: (weekly: boolean) =>
      body(api.PUT("/v1/weekly-mail/{token}", { params: { path: { token } }, body: { weekly } })),
    onSuccess: (now) => cache.setQueryData(queryKey, now),
  });
  return { state, change };
}
