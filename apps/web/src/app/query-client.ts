import { QueryCache, QueryClient } from "@tanstack/react-query";
import { answerIn, mayHeal } from "../common/failure-words.ts";

/** The page's memory. News keep it right, so nothing is read again merely because it was looked at. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: { staleTime: 30_000, retry: (failed, error) => failed < 2 && mayHeal(error) },
    mutations: { retry: false },
  },
  queryCache: new QueryCache({
    // A session that ended: asking who I am leads to the sign-in, on the same address.
    onError: (error) => {
      if (answerIn(error)?.code === "UNAUTHORIZED")
        void queryClient.invalidateQueries({ queryKey: [["account", "me"]] });
    },
  }),
});
