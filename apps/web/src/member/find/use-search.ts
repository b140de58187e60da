import { useEffect, useState } from "react";
import { useSearchParams } from "react-router";
import type { Search } from "./search.ts";

/** Browsers refuse addresses that change with every key. */
const WRITE_AFTER_MS = 400;

/** What is searched for, kept in the address so that "back" brings it back. */
export function useSearch(): [Search, (change: Partial<Search>) => void] {
  const [params, setParams] = useSearchParams();
  const [search, setSearch] = useState<Search>({ text: params.get("q") ?? "", onlyFree: params.has("free") });

  useEffect(() => {
    const wanted = new URLSearchParams({
      ...(search.text && { q: search.text }),
      ...(search.onlyFree && { free: "1" }),
    });
    if (wanted.toString() === params.toString()) return;
    const timer = setTimeout(() => setParams(wanted, { replace: true, preventScrollReset: true }), WRITE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [search, params, setParams]);

  return [search, (change) => setSearch((before) => ({ ...before, ...change }))];
}
